import type { VicoreApi } from '../../contract/api.ts';
import { failure } from '../../contract/errors.ts';
import { methods } from '../../contract/methods.ts';
import { rolesAllow } from '../../renderer/live/roles.ts';
import { createFakeMain } from './fake-main.ts';
import type { Answers, FakeOptions, Part } from './fake-main.ts';

/**
 * A main process that lives in the page, made of parts that each answer some of the contract. It refuses what the
 * session's role may not do, as main does; what no part answers fails with its name.
 */
export const createFakeApi = (options: FakeOptions, parts: readonly Part[]): VicoreApi => {
  const main = createFakeMain(options);
  let answers: Partial<Answers> = {};
  for (const part of parts) answers = { ...answers, ...part(main) };
  return {
    call: async (method, input) => {
      const needed = methods[method].role;
      if (!rolesAllow(main.session(), needed))
        return failure('forbidden', `needs the role ${needed}`, { needed });
      const answer = answers[method];
      if (answer === undefined) return failure('internal', `the preview has no answer to ${method}`);
      return structuredClone(await answer(input));
    },
    ...main.listen,
  };
};
