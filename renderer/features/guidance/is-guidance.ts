import type { Guidance } from '../../../contract/domain.ts';

/** The row as it is now, which a conflict's details carry (main/admin/ports.ts). */
export const isGuidance = (value: unknown): value is Guidance =>
  typeof value === 'object' &&
  value !== null &&
  'rule' in value &&
  'severity' in value &&
  'textEn' in value &&
  'checklist' in value &&
  'revision' in value &&
  typeof value.revision === 'number';
