import type { DemoPerson } from './people.ts';

export type Language = 'en' | 'fr';

const texts = {
  en: {
    title: 'Sign in',
    choose: 'Who is signing in?',
    note: 'Identity provider of the demonstration: no password is asked.',
    cancel: 'Cancel',
    signOut: 'Sign out',
    signOutQuestion: 'End the session with this identity provider?',
    signedOut: 'You are signed out.',
    failed: 'This sign-in cannot go on.',
    again: 'Close this page and sign in again from VICORE.',
    roles: {
      'vicore-viewer': 'Viewer',
      'vicore-operator': 'Operator',
      'vicore-supervisor': 'Supervisor',
      'vicore-admin': 'Administrator',
    },
  },
  fr: {
    title: 'Connexion',
    choose: 'Qui se connecte ?',
    note: 'Fournisseur d’identité de la démonstration : aucun mot de passe n’est demandé.',
    cancel: 'Annuler',
    signOut: 'Se déconnecter',
    signOutQuestion: 'Terminer la session auprès de ce fournisseur d’identité ?',
    signedOut: 'Vous êtes déconnecté.',
    failed: 'Cette connexion ne peut pas continuer.',
    again: 'Fermez cette page et reconnectez-vous depuis VICORE.',
    roles: {
      'vicore-viewer': 'Lecteur',
      'vicore-operator': 'Opérateur',
      'vicore-supervisor': 'Superviseur',
      'vicore-admin': 'Administrateur',
    },
  },
} as const;

const style = `
  :root { color-scheme: light dark; --line: #8a94a0; --face: #fff; --ground: #eef1f4; --ink: #17202a; --soft: #4d5a67 }
  @media (prefers-color-scheme: dark) { :root { --face: #1d252e; --ground: #12181e; --ink: #eef1f4; --soft: #aab5c0 } }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--ink);
    font: 16px/1.5 system-ui, "DejaVu Sans", sans-serif }
  main { width: min(26rem, 100vw - 2rem); box-sizing: border-box; padding: 2rem; background: var(--face);
    border: 1px solid var(--line); border-radius: 8px }
  h1 { margin: 0 0 1rem; font-size: 1.25rem; font-weight: 600 }
  p { margin: 1rem 0 0; color: var(--soft); font-size: .875rem }
  button { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; width: 100%; margin: 0 0 .5rem; padding: .75rem 1rem;
    font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 6px; cursor: pointer }
  button:hover { background: var(--ground) }
  button:focus-visible { outline: 3px solid #2f7fd6; outline-offset: 2px }
  small { color: var(--soft); font-size: .875rem }
  .plain { justify-content: center; border-color: transparent; color: var(--soft) }
`;

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** The best of what the request (`ui_locales`) and then the browser (Accept-Language) ask for. */
export function languageOf(...wishes: readonly (string | undefined)[]): Language {
  for (const wish of wishes) {
    const known = wish?.split(/[\s,]+/).map((tag) => tag.slice(0, 2).toLowerCase());
    const first = known?.find((tag) => tag === 'en' || tag === 'fr');
    if (first === 'en' || first === 'fr') return first;
  }
  return 'en';
}

function page(language: Language, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${texts[language].title}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>`;
}

const isRole = (role: string): role is keyof (typeof texts)['en']['roles'] => role in texts.en.roles;

/** One button for each person; posts `person` (a subject, or empty for "cancel") to where it came from. */
export function choicePage(language: Language, people: readonly DemoPerson[], action: string): string {
  const words = texts[language];
  const buttons = people.map(({ subject, name, roles }) => {
    const shown = roles.map((role) => (isRole(role) ? words.roles[role] : role)).join(', ');
    return `<button name="person" value="${escapeHtml(subject)}">${escapeHtml(name)} <small>${escapeHtml(shown)}</small></button>`;
  });
  return page(
    language,
    `<h1>${words.choose}</h1><form method="post" action="${escapeHtml(action)}">${buttons.join('')}
     <button class="plain" name="person" value="">${words.cancel}</button></form><p>${words.note}</p>`,
  );
}

/** `form` is the provider's own, with the id `op.logoutForm`. */
export function signOutPage(language: Language, form: string): string {
  const words = texts[language];
  return page(
    language,
    `<h1>${words.signOutQuestion}</h1>${form}
     <button form="op.logoutForm" name="logout" value="yes">${words.signOut}</button>
     <button form="op.logoutForm" class="plain">${words.cancel}</button>`,
  );
}

export function signedOutPage(language: Language): string {
  return page(language, `<h1>${texts[language].signedOut}</h1>`);
}

export function problemPage(language: Language, reason: string): string {
  const words = texts[language];
  return page(
    language,
    `<h1>${words.failed}</h1><p>${words.again}</p><p><code>${escapeHtml(reason)}</code></p>`,
  );
}
