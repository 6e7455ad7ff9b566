/*
 * Strings of the audit log come from anywhere: names, camera messages, what a taken-over page sent. In a file that
 * somebody opens with something else they must stay text (docs/faults.md, row 34).
 */

/** Control characters, and those that turn the direction of what follows, or break lines where JSON does not. */
const invisible = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Beginnings that make a spreadsheet calculate, also where it reads `;` as the end of a cell, as French ones do. */
const formula = /(^|;)(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/g;

/** One line of visible text that no spreadsheet takes for a formula. */
export const inertCell = (text: string): string => text.replace(invisible, escaped).replace(formula, "$1$2'");

/** JSON of one line that means the same, and that is not taken for a page by a program that guesses. */
export const inertJson = (value: unknown): string =>
  JSON.stringify(value).replace(invisible, escaped).replace(/[<>&]/g, escaped);
