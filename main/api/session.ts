import { success } from '../../contract/errors.ts';
import type { Handlers } from '../core.ts';

export function sessionHandlers(): Handlers<'session.current'> {
  return { 'session.current': (_input, caller) => Promise.resolve(success(caller.session)) };
}
