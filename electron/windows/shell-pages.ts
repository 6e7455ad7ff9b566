import { noncePlaceholder } from '../security/headers.ts';

/** Where the button of a page leads; main blocks the navigation and acts instead (electron/start.ts). */
export type PageAct = 'reload' | 'quit' | 'continue';

export interface ShellPage {
  readonly language: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Name and value pairs, shown as a table. */
  readonly rows?: readonly (readonly string[])[] | undefined;
  readonly headings?: readonly string[] | undefined;
  readonly button?: { readonly label: string; readonly act: PageAct } | undefined;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

const style = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 2.5rem; font: 17px/1.5 system-ui, sans-serif; background: #D3D6D9; color: #14181C; }
main { max-width: 60rem; margin: auto; }
table { border-collapse: collapse; margin: 1rem 0; }
td, th { text-align: left; vertical-align: top; padding: .4rem 1rem .4rem 0; overflow-wrap: anywhere; }
a { display: inline-block; padding: .6rem 1.4rem; background: #F2F3F4; color: inherit; border: 2px solid #14181C;
    border-radius: 4px; text-decoration: none; }
a:focus-visible { outline: 2px solid #14181C; outline-offset: 2px; }
@media (prefers-color-scheme: dark) {
  body { background: #1B1F24; color: #E6E9ED; }
  a { background: #30363D; border-color: #B3BAC2; }
  a:focus-visible { outline-color: #9CC9FF; }
}`;

/**
 * A page of main's own for when the application's windows cannot be shown: no script, no preload, everything
 * escaped. Its one button is a link.
 */
export function renderShellPage(page: ShellPage): string {
  const cells = (row: readonly string[], tag: string) =>
    `<tr>${row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  const table = page.rows
    ? `<table>${page.headings ? cells(page.headings, 'th') : ''}${page.rows.map((row) => cells(row, 'td')).join('')}</table>`
    : '';
  const button = page.button
    ? `<p><a href="/shell/act/${page.button.act}" autofocus>${escape(page.button.label)}</a></p>`
    : '';
  return `<!doctype html>
<html lang="${escape(page.language)}">
<head><meta charset="utf-8"><title>${escape(page.title)}</title>
<style nonce="${noncePlaceholder}">${style}</style></head>
<body><main><h1>${escape(page.title)}</h1>
${page.paragraphs.map((paragraph) => `<p>${escape(paragraph)}</p>`).join('\n')}
${table}${button}</main></body></html>`;
}
