import type { Check } from './check.ts';

export const sessionChecks: readonly Check[] = [];
