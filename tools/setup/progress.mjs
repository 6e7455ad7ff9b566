/**
 * One visible line for a step that takes long: rewritten in place on a terminal, repeated every few seconds
 * in a log. Plain JavaScript on Node's own modules, because it runs before anything is installed.
 */

const interval = process.stderr.isTTY ? 250 : 5000;

/**
 * @param {string} title what is being done, in the words of the person who waits
 * @returns {{ update(detail: string): void, done(detail?: string): void, failed(): void }}
 */
export function progress(title) {
  const startedAt = performance.now();
  let detail = '';
  const seconds = () => `${Math.round((performance.now() - startedAt) / 1000)} s`;
  const line = () => `  ${title} … ${[detail, seconds()].filter(Boolean).join(', ')}`;
  const show = () => {
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line()}` : `${line()}\n`);
  };
  show();
  const timer = setInterval(show, interval);
  timer.unref();
  const end = (mark, text) => {
    clearInterval(timer);
    process.stderr.write(
      `${process.stderr.isTTY ? '\r\u001b[K' : ''}${mark} ${title}${text ? `: ${text}` : ''} (${seconds()})\n`,
    );
  };
  return {
    update(text) {
      detail = text;
    },
    done: (text) => end('✓', text),
    failed: () => end('✗', 'failed'),
  };
}
