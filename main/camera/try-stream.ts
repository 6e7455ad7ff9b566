import type { ConnectionTest } from '../../contract/results.ts';
import { shownUrl } from './link-status.ts';
import { openLink } from './link.ts';
import { parseMessage } from './protocol.ts';
import { defaultTimings, systemClock } from './timings.ts';

const patienceMs = 8_000;

/** Connects once and waits for `hello`: what the set-up shows for a camera stream. Never throws. */
export function tryStream(stream: { readonly url: string; readonly token: string }): Promise<ConnectionTest> {
  return new Promise((resolve) => {
    const answer = (reachable: boolean, message: string): void => {
      clearTimeout(timer);
      resolve({ reachable, message });
      link.end({ kind: 'lost', reason: 'tested' });
    };
    const timer = setTimeout(() => answer(false, `No answer within ${patienceMs / 1000} s.`), patienceMs);
    const link = openLink(
      { url: stream.url, token: stream.token, timings: defaultTimings, clock: systemClock },
      {
        onMessage(data) {
          const parsed = parseMessage(data.toString());
          if (parsed.kind !== 'hello')
            return answer(false, 'It answered, but not with this camera protocol.');
          const { site, track, cameras, latestSeq } = parsed.hello;
          answer(true, `${site}, ${track}: ${cameras.length} cameras, ${latestSeq} events so far.`);
        },
        onRefusedMessage: (_head, reason) => answer(false, `The first message was refused: ${reason}.`),
        onEnd: ({ reason }) => answer(false, `${shownUrl(stream.url)}: ${reason}.`),
      },
    );
  });
}
