import type { Result } from '../../contract/errors.ts';
import { failure, success } from '../../contract/errors.ts';

/** Reads a page; a cursor that no list has given is the caller's mistake, not ours. */
export async function pageOf<T>(read: Promise<T>): Promise<Result<T>> {
  try {
    return success(await read);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'invalid-cursor') {
      return failure('invalid-input', 'This cursor belongs to no list.');
    }
    throw error;
  }
}
