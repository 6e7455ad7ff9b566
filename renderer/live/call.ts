import type { VicoreApi } from '../../contract/api.ts';
import type { Result } from '../../contract/errors.ts';
import type { Inputs } from '../../contract/inputs.ts';
import type { MethodName } from '../../contract/methods.ts';
import type { Results } from '../../contract/results.ts';

declare global {
  interface Window {
    readonly vicore: VicoreApi;
  }
}

/** A typed call whose every outcome is a value: a bridge that throws (main is gone) is an `internal` failure. */
export const callOn = async <Name extends MethodName>(
  api: VicoreApi,
  method: Name,
  input: Inputs[Name],
): Promise<Result<Results[Name]>> => {
  try {
    return await api.call(method, input);
  } catch (error) {
    return {
      ok: false,
      error: { code: 'internal', message: error instanceof Error ? error.message : String(error) },
    };
  }
};

export const call = <Name extends MethodName>(
  method: Name,
  input: Inputs[Name],
): Promise<Result<Results[Name]>> => callOn(window.vicore, method, input);
