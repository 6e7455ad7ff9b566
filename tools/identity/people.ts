import type { Role } from '../../contract/domain.ts';

/** Somebody who can sign in at the provider of the demonstration and the tests. */
export interface DemoPerson {
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  /** What the provider's claim `roles` says. */
  readonly roles: readonly string[];
}

/** One of each role, docs/domain.md. */
export const demoPeople: readonly DemoPerson[] = [
  { subject: 'vera', name: 'Vera Blanc', email: 'vera.blanc@vicore.example', roles: ['vicore-viewer'] },
  { subject: 'alan', name: 'Alan Martin', email: 'alan.martin@vicore.example', roles: ['vicore-operator'] },
  {
    subject: 'sophie',
    name: 'Sophie Lambert',
    email: 'sophie.lambert@vicore.example',
    roles: ['vicore-supervisor'],
  },
  { subject: 'dora', name: 'Dora Okafor', email: 'dora.okafor@vicore.example', roles: ['vicore-admin'] },
];

/** What the workstation makes of the claim: the configuration's `login.roles`. */
export const demoRoles: Readonly<Record<string, Role>> = {
  'vicore-viewer': 'viewer',
  'vicore-operator': 'operator',
  'vicore-supervisor': 'supervisor',
  'vicore-admin': 'admin',
};
