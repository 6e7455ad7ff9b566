import type { AlertCondition } from './ports.ts';

/** Names a condition within its pass and vehicle: one alert per (pass, vehicle, position, rule). */
export const conditionKey = ({ position, rule }: Pick<AlertCondition, 'position' | 'rule'>): string =>
  `${position ?? '-'}/${rule}`;
