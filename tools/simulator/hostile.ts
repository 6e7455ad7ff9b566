/**
 * Strings that must stay inert wherever they are shown, stored or exported. Each begins with what attacks, so that
 * cut to 12 characters it still does.
 */
export const hostileStrings: Readonly<Record<string, string>> = {
  proto: '__proto__',
  constructor: 'constructor',
  html: '<img src=x onerror=alert(1)>',
  script: '<script>alert(1)</script>',
  sql: `';DROP TABLE vicore.alert;--`,
  formula: `=1+1|cmd'/C calc'!A0`,
  plus: '+HYPERLINK("http://192.0.2.1/")',
  path: '../../../../etc/passwd',
  nul: 'A\u0000B\u0000C',
  surrogate: 'A\ud800B',
  direction: 'A\u202e4321 0789',
  template: '${7*7}{{7*7}}',
  newline: 'A\r\nX-Evil: 1',
};
