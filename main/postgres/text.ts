/** PostgreSQL stores neither NUL nor half a surrogate pair; both can come in a valid message (fault 30, 34). */
const unstorable = /\\u0000|\\ud[89a-f]/i;

export const storable = (text: string): string =>
  text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\u0000', '\u2400');

/**
 * The value as JSON that PostgreSQL accepts: NUL becomes the sign for it (U+2400), half a surrogate pair becomes
 * U+FFFD. Everything else is exact.
 */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  if (!unstorable.test(json)) return json;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** For a parameter that may be absent. */
export const storableOrNull = (text: string | undefined): string | null =>
  text === undefined ? null : storable(text);
