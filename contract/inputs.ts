import { z } from 'zod';
import type { MethodName } from './methods.ts';

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const index = z.int().min(1).max(200);
const position = z.string().regex(/^[1-8]([LR][ab]|[ab])$/);
const page = { cursor: z.string().max(200).optional(), limit: z.int().min(1).max(200).optional() };
const nothing = z.strictObject({});

/** Text that people write: comments and notes; no control characters but line breaks. */
const text = (maximum: number) =>
  z
    .string()
    .max(maximum)
    .refine((value) => !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(value), 'control characters');

const secret = z.union([
  z.string().max(1000),
  z.strictObject({ env: z.string().min(1).max(200) }),
  z.strictObject({ file: z.string().min(1).max(1000) }),
]);

const databaseSetup = z.strictObject({
  hosts: z.array(z.string().min(1).max(255)).min(1).max(8),
  database: z.string().min(1).max(63),
  user: z.string().min(1).max(63),
  password: secret,
  tls: z.enum(['disable', 'require', 'verify-full']),
});
const cameraSetup = z.strictObject({ url: z.string().min(1).max(500), token: secret });

/** What each method accepts. Checked in main, once, before the handler runs (the renderers' CSP forbids it there). */
export const inputs = {
  'session.current': nothing,
  'passes.list': z.strictObject({ ...page, search: text(64).optional() }),
  'passes.get': z.strictObject({ passId: uuid }),
  'passes.confirm': z.strictObject({ passId: uuid, notes: text(500).optional() }),
  'cars.get': z.strictObject({ passId: uuid, vehicleIndex: index }),
  'cars.history': z.strictObject({ ...page, vehicleNumber: z.string().min(1).max(20) }),
  'springs.trend': z.strictObject({
    passId: uuid,
    vehicleIndex: index,
    position,
    limit: z.int().min(1).max(200).optional(),
  }),
  'springs.image': z.strictObject({ passId: uuid, imageId: z.string().min(1).max(128) }),
  'alerts.list': z.strictObject({
    ...page,
    open: z.boolean().optional(),
    severity: z.enum(['warning', 'critical']).optional(),
    passId: uuid.optional(),
  }),
  'alerts.get': z.strictObject({ alertId: uuid }),
  'alerts.acknowledge': z.strictObject({ alertId: uuid, comment: text(2000).optional() }),
  'alerts.comment': z.strictObject({ alertId: uuid, comment: text(2000).and(z.string().min(1)) }),
  'monitoring.snapshot': z.strictObject({ passId: uuid.optional() }),
  'monitoring.received': z.strictObject({ sequence: z.int().min(0) }),
  'monitoring.rejected': z.strictObject(page),
  'windows.context': nothing,
  'windows.openCar': z.strictObject({
    passId: uuid,
    vehicleIndex: index,
    position: position.optional(),
    /** Always a new window; otherwise the one that follows is reused. */
    newWindow: z.boolean().optional(),
  }),
  'windows.setContext': z.strictObject({
    passId: uuid.optional(),
    vehicleIndex: index.optional(),
    position: position.optional(),
    following: z.boolean().optional(),
  }),
  'preferences.get': nothing,
  'preferences.set': z.strictObject({
    language: z.enum(['en', 'fr']).optional(),
    theme: z.enum(['system', 'dark', 'light']).optional(),
    size: z.enum(['desk', 'large', 'wall']).optional(),
    notifyWarnings: z.boolean().optional(),
  }),
  'diagnostics.about': nothing,
  'diagnostics.openLogs': nothing,
  'setup.testDatabase': databaseSetup,
  'setup.testCamera': cameraSetup,
  'setup.save': z.strictObject({
    workstation: z.string().min(1).max(64),
    postgres: databaseSetup,
    streams: z.array(cameraSetup).min(1).max(16),
  }),
} as const satisfies Record<MethodName, z.ZodType>;

export type Inputs = { [Name in MethodName]: z.input<(typeof inputs)[Name]> };
export type CheckedInputs = { [Name in MethodName]: z.output<(typeof inputs)[Name]> };
