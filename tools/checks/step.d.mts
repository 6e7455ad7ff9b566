export type Count = { readonly passed: number; readonly failed: number };

export type Step = {
  readonly name: string;
  /** Arguments of Node. */
  readonly args: readonly string[];
  /** A JSON file that the command writes, and how to read it; without them the step counts as one check. */
  readonly report?: string;
  readonly count?: (report: unknown) => Count;
  readonly env?: Readonly<Record<string, string>>;
  /** Minutes after which it is stopped and has failed; 10 when not given. */
  readonly minutes?: number;
};

/** Runs a step of `npm test`. live: its output as it comes; else at the end, and only if it failed. */
export function runStep(step: Step, options: { readonly live: boolean }): Promise<Count>;
