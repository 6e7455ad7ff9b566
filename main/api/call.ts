import { z } from 'zod';
import { failure } from '../../contract/errors.ts';
import type { CallError, ErrorCode, Result } from '../../contract/errors.ts';
import { inputs } from '../../contract/inputs.ts';
import { methods } from '../../contract/methods.ts';
import type { MethodName, WindowKind } from '../../contract/methods.ts';
import type { Role, Session } from '../../contract/domain.ts';
import type { Caller, Handlers, Log, Refusal } from '../core.ts';
import { isSmallPlainData } from './input-size.ts';
import { callBurst, callsPerSecond, createRateLimit } from './rate-limit.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRefusalReporter } from './refusals.ts';
import { checkSender } from './sender.ts';
import type { Sender, SenderFacts } from './sender.ts';

export interface CallOptions {
  /** May lack methods while the program starts or in set-up: calling those is an `internal` failure. */
  readonly handlers: () => Partial<Handlers>;
  readonly session: () => Session;
  readonly onRefusal: (refusal: Refusal) => void;
  readonly log: Log;
  /** Wall clock, ms since the epoch. */
  readonly now: () => number;
  /** A clock that only goes forward, ms. */
  readonly monotonic: () => number;
  readonly newCorrelationId: () => string;
}

export interface CallEntry {
  /** Never rejects: refusals and failures are values. */
  call(facts: SenderFacts, method: unknown, input: unknown): Promise<Result<unknown>>;
  /** The window is gone. */
  forget(windowId: number): void;
}

const rank: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, supervisor: 2, admin: 3 };

const isMethod = (name: unknown): name is MethodName =>
  typeof name === 'string' && Object.prototype.hasOwnProperty.call(methods, name);

const mayCall = (kind: WindowKind, method: MethodName): boolean => {
  const allowed: readonly WindowKind[] = methods[method].windows;
  return allowed.includes(kind);
};

/** What people do, as against what windows read. */
const isAct = (method: MethodName): boolean =>
  methods[method].role !== 'viewer' || method.startsWith('session.');

const personOf = ({ name, subject, role }: Session) => ({ actor: name, subject, role });

const compiled = new Map<MethodName, z.ZodType>();

/** Compiled at its first use, so that the start of the program does not pay for methods nobody calls. */
function schemaOf(method: MethodName): z.ZodType {
  const known = compiled.get(method);
  if (known) return known;
  const schema: z.ZodType = z.compile(inputs[method]);
  compiled.set(method, schema);
  return schema;
}

/** For people and logs: where the input is wrong, without repeating what was sent. */
const describe = (error: z.ZodError): string =>
  error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`)
    .join('; ')
    .slice(0, 500);

/**
 * The one way into the core for every call of every window (docs/security.md points 17 and 20): sender, method,
 * window kind, rate, role, size and schema are checked here and nowhere else, in the order of what they cost.
 */
export function createCallEntry(options: CallOptions): CallEntry {
  const limits = new Map<number, RateLimit>();
  const report = createRefusalReporter(options.onRefusal);

  const limitOf = (windowId: number): RateLimit => {
    const known = limits.get(windowId);
    if (known) return known;
    const limit = createRateLimit(callBurst, callsPerSecond);
    limits.set(windowId, limit);
    return limit;
  };

  return {
    async call(facts, method, input) {
      const correlationId = options.newCorrelationId();
      const at = options.now();
      const began = options.monotonic();

      const refuse = (
        code: Refusal['code'],
        answer: ErrorCode,
        reason: string,
        details?: Readonly<Record<string, unknown>>,
      ): Result<unknown> => {
        report({
          at,
          code,
          reason,
          method: isMethod(method) ? method : undefined,
          windowId: facts.window?.id,
          kind: facts.window?.kind,
          ...(code === 'forbidden' && personOf(options.session())),
          correlationId,
          repeated: 0,
        });
        return withCorrelation(failure(answer, reason, details), correlationId);
      };

      const checked = checkSender(facts);
      if ('refused' in checked) return refuse('foreign-sender', 'forbidden', checked.refused);
      const sender: Sender = checked;
      if (!limitOf(sender.windowId).take(options.monotonic())) {
        return refuse('rate-limited', 'rate-limited', 'too many calls from this window');
      }
      if (!isMethod(method)) return refuse('unknown-method', 'invalid-input', 'no such method');
      if (!mayCall(sender.kind, method)) {
        return refuse('forbidden', 'forbidden', `a ${sender.kind} window may not call this`);
      }
      const session = options.session();
      const needed = methods[method].role;
      if (rank[session.role] < rank[needed]) {
        return refuse('forbidden', 'forbidden', `needs the role ${needed}`, { needed });
      }
      if (!isSmallPlainData(input))
        return refuse('invalid-input', 'invalid-input', 'too large, or not plain data');
      const parsed = schemaOf(method).safeParse(input);
      if (!parsed.success) return refuse('invalid-input', 'invalid-input', describe(parsed.error));

      const caller: Caller = { ...sender, session, at, correlationId };
      const result = await run(options, method, parsed.data, caller);
      if (isAct(method)) logAct(options, method, caller, result, options.monotonic() - began);
      return result;
    },

    forget(windowId) {
      limits.delete(windowId);
    },
  };
}

/** One line an act, from the click to the SQL by its correlation id; never the input, which may hold anything. */
function logAct(
  { log }: CallOptions,
  method: MethodName,
  { correlationId, session, windowId, kind }: Caller,
  result: Result<unknown>,
  milliseconds: number,
): void {
  const outcome = result.ok ? 'ok' : result.error.code;
  log.info(
    {
      correlationId,
      method,
      actor: session.name,
      role: session.role,
      window: windowId,
      kind,
      outcome,
      milliseconds: Math.round(milliseconds),
    },
    'act',
  );
}

async function run(
  options: CallOptions,
  method: MethodName,
  input: unknown,
  caller: Caller,
): Promise<Result<unknown>> {
  // Each handler takes the output of its own method's schema, which is what `input` is; the compiler cannot
  // follow a name through a table, so this is the one place where it has to be told.
  const handler = options.handlers()[method] as
    ((input: unknown, caller: Caller) => Promise<Result<unknown>>) | undefined;
  const { correlationId } = caller;
  try {
    if (!handler) throw new Error('no handler: the program is still starting, or this is a defect');
    return withCorrelation(await handler(input, caller), correlationId);
  } catch (error) {
    options.log.error(
      { error, method, correlationId, window: caller.windowId },
      'a call failed unexpectedly',
    );
    return withCorrelation(failure('internal', 'an internal error; the log has its details'), correlationId);
  }
}

function withCorrelation(result: Result<unknown>, correlationId: string): Result<unknown> {
  if (result.ok) return result;
  const error: CallError = { ...result.error, correlationId };
  return { ok: false, error };
}
