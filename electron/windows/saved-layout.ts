import { z } from 'zod';
import { adminPages } from '../../contract/results.ts';

const rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const savedWindow = z.object({
  kind: z.enum(['system', 'car', 'admin']),
  bounds: rectangle,
  displayId: z.number(),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
  context: z.object({
    passId: z.string().optional(),
    vehicleIndex: z.number().optional(),
    position: z.string().optional(),
    following: z.boolean(),
    number: z.number(),
    /** One that this version does not have is as none. */
    page: z.enum(adminPages).optional().catch(undefined),
  }),
});

const savedLayout = z.object({ zoomLevel: z.number(), windows: z.array(savedWindow).max(16) });

export type SavedWindow = z.infer<typeof savedWindow>;
export type SavedLayout = z.infer<typeof savedLayout>;

export const emptyLayout: SavedLayout = { zoomLevel: 0, windows: [] };

/** What was stored, or the empty layout when it cannot be read: places are worth nothing to stop a start for. */
export function readLayout(stored: string | undefined): SavedLayout {
  if (stored === undefined) return emptyLayout;
  try {
    const parsed = savedLayout.safeParse(JSON.parse(stored));
    return parsed.success ? parsed.data : emptyLayout;
  } catch {
    // Not JSON: as good as nothing stored.
    return emptyLayout;
  }
}
