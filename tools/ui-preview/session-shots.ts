import { sessionNames } from './sessions.ts';
import type { Shot } from './shot.ts';

const themes = ['dark', 'light'] as const;
const languages = ['en', 'fr'] as const;

/** Who is signed in, in every state, theme and language; and the menu in both windows. */
export const sessionShots: readonly Shot[] = sessionNames.flatMap((session) =>
  themes.flatMap((theme) =>
    languages.map((language): Shot => {
      const query = `session=${session}&theme=${theme}&language=${language}`;
      return { name: `session-${session}-${theme}-${language}`, window: 'system', query };
    }),
  ),
);
