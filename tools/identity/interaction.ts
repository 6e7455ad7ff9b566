import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';
import { choicePage, languageOf } from './pages.ts';
import type { DemoPerson } from './people.ts';

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/**
 * The page on which a person says who they are. Native clients are asked each time (RFC 8252 §8.6), also where the
 * browser's session is known already.
 */
export async function answerInteraction(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const details = await provider.interactionDetails(request, response);
  const { params, prompt, session } = details;
  const granted = async (subject: string): Promise<{ readonly grantId: string }> => {
    const grant = new provider.Grant({ accountId: subject, clientId: String(params['client_id']) });
    grant.addOIDCScope(textOf(params['scope']) ?? 'openid');
    return { grantId: await grant.save() };
  };

  if (prompt.name === 'consent' && session) {
    await provider.interactionFinished(request, response, { consent: await granted(session.accountId) });
    return;
  }
  if (request.method === 'POST') {
    const subject = new URLSearchParams(await text(request)).get('person') ?? '';
    const result = people.some((person) => person.subject === subject)
      ? { login: { accountId: subject }, select_account: {}, consent: await granted(subject) }
      : { error: 'access_denied', error_description: 'The person cancelled the sign-in.' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    return;
  }

  const language = languageOf(textOf(params['ui_locales']), request.headers['accept-language']);
  const page = choicePage(language, people, `/interaction/${details.uid}`);
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // The answer to the form leads to the loopback address of the program that asked.
    'content-security-policy': `default-src 'none'; style-src 'nonce-${nonce}'; form-action 'self' http://127.0.0.1:*`,
  });
  response.end(page.replace('<style>', `<style nonce="${nonce}">`));
}
