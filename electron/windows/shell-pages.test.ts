import { expect, test } from 'vitest';
import { renderShellPage } from './shell-pages.ts';

test('what comes from outside is shown, not run', () => {
  const html = renderShellPage({
    language: 'en',
    title: '<script>alert(1)</script>',
    paragraphs: ['"&\''],
    rows: [['<img src=x onerror=alert(1)>', '</td>']],
    button: { label: '<b>', act: 'quit' },
  });
  expect(html).not.toMatch(/<script|<img|<b>|<\/td><\/td>/);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('&quot;&amp;&#39;');
});
