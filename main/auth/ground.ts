import type { SignInProblem } from '../../contract/domain.ts';
import type { Presence } from './presence.ts';
import type { Problem, SessionAction } from './ports.ts';

/** What the parts of the session keeper share: who is here, and how a change of it is kept, told and audited. */
export interface Ground {
  present(): Presence | undefined;
  /** Who is here from now on; says nothing yet. */
  replace(presence: Presence | undefined): void;
  /** Shown with the session until the next sign-in or renewal that works. */
  setProblem(problem: SignInProblem | undefined): void;
  /** Tells the windows when something they see is different, and keeps it. Resolves when it is durable. */
  changed(): Promise<void>;
  /** `presence`: whom it is about; absent: nobody. */
  record(
    action: SessionAction,
    correlationId: string,
    about: Presence | undefined,
    details?: RecordDetails,
  ): void;
  newId(): string;
}

export interface RecordDetails {
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
}

export const problemAt = (problem: Problem, at: number): SignInProblem => ({
  kind: problem.kind,
  message: problem.message,
  at,
});
