import type { Session } from '../../contract/domain.ts';

/**
 * The person at this workstation, as the operating system names them, with an operator's rights. Stands until
 * people sign in through the company's provider.
 */
export function localSession(userName: string, workstation: string): Session {
  return { name: userName, role: 'operator', workstation };
}
