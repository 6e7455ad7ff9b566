/** A cell that stays text wherever it is pasted: no further cell, no further row, no formula. */
const inert = (cell: string): string => {
  const plain = cell.replaceAll(/\s+/g, ' ').trim();
  return /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
};

/** Rows as text with tabs between the cells: what spreadsheets and mails take. */
export const tableText = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((cell) => inert(cell)).join('\t')).join('\n');
