const headBytes = 4_096;

/**
 * The first 4 KiB of a text, never in the middle of a character. NUL becomes the sign for it (U+2400): PostgreSQL
 * cannot hold it, and a text that came back from there as another one would be listed twice.
 */
export function headOf(text: string): string {
  const beginning = text.slice(0, headBytes).replaceAll('\u0000', '\u2400');
  // Three bytes are the most that one UTF-16 code unit takes.
  if (beginning.length * 3 <= headBytes) return beginning;
  const bytes = Buffer.from(beginning);
  if (bytes.length <= headBytes) return bytes.toString();
  let end = headBytes;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString();
}

const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gsy;

function* tokens(text: string): Generator<string> {
  token.lastIndex = 0;
  for (;;) {
    while (/\s/u.test(text[token.lastIndex] ?? '')) token.lastIndex += 1;
    const found = token.exec(text);
    if (!found) return;
    yield found[0];
  }
}

/**
 * The scalar that stands at the top level of a JSON object under `key`, read from a text that may be cut off
 * anywhere. Only what is certainly complete counts: a number cut in two is not taken for a smaller one.
 */
export function readScalar(text: string, key: string): string | undefined {
  const wanted = JSON.stringify(key);
  let depth = 0;
  let state: 'key' | 'colon' | 'value' | 'after' = 'key';
  let name = '';
  let value: string | undefined;
  for (const each of tokens(text)) {
    if (value !== undefined) return each === ',' || each === '}' ? value : undefined;
    if (each === '{' || each === '[') {
      depth += 1;
      state = depth === 1 ? 'key' : 'after';
    } else if (each === '}' || each === ']') depth -= 1;
    else if (depth === 1) {
      if (each === ',') state = 'key';
      else if (each === ':') state = 'value';
      else if (state === 'key') {
        name = each;
        state = 'colon';
      } else if (state === 'value') {
        if (name === wanted) value = each;
        state = 'after';
      }
    }
  }
  return undefined;
}

/** The `seq` of a message whose beginning is all there is. */
export function readSeq(text: string): number | undefined {
  const seq = Number(readScalar(text, 'seq') ?? NaN);
  return Number.isSafeInteger(seq) && seq >= 1 ? seq : undefined;
}
