import { createHash } from 'node:crypto';

const style = `
body { margin: 0; min-height: 100vh; display: grid; place-content: center; gap: 1.5rem; padding: 2rem;
  box-sizing: border-box; font: 1.25rem/1.5 system-ui, sans-serif; background: #14181d; color: #e8ebee; }
p { margin: 0; }
`;

/** What the browser shows when the sign-in came back: no script, nothing from elsewhere, and the code stays here. */
export const answerPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>VICORE</title>
<style>${style}</style>
<p>VICORE has received the answer. You can close this window.</p>
<p lang="fr">VICORE a reçu la réponse. Vous pouvez fermer cette fenêtre.</p>
</html>
`;

const styleHash = createHash('sha256').update(style).digest('base64');

export const answerHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
};
