import type { z } from 'zod';

const shownLength = 40;

/** A value as a person can read it in a list: short, and never more than it is worth. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value) return 'an object';
  if (typeof value === 'string') {
    return value.length > shownLength
      ? `${JSON.stringify(value.slice(0, shownLength))}… (${value.length} characters)`
      : JSON.stringify(value);
  }
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'null';
}

/** `measurements[2].heightMm`; the message itself when the path is empty. */
function pathName(path: readonly PropertyKey[]): string {
  let name = '';
  for (const part of path) {
    if (typeof part === 'number') name += `[${part}]`;
    else name += name === '' ? String(part) : `.${String(part)}`;
  }
  return name === '' ? 'message' : name;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = Reflect.get(value, part);
  }
  return value;
}

function bound(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  const least = issue.code === 'too_small';
  const limit = least ? issue.minimum : issue.maximum;
  const words = `${least ? 'at least' : 'at most'} ${limit}`;
  if (issue.origin === 'string') return `${words} characters`;
  if (issue.origin === 'array') return `${words} entries`;
  return words;
}

/** What a field should have been, without the field's name and value. */
function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected === 'int' ? 'an integer' : `type ${issue.expected}`;
    case 'too_small':
    case 'too_big':
      return bound(issue);
    case 'invalid_value':
      return issue.values.map((value) => show(value)).join(' or ');
    case 'unrecognized_keys':
      return `no key ${issue.keys.map((key) => show(key)).join(', ')}`;
    default:
      return issue.message.replace(/^expected /u, '');
  }
}

/** One line for the rejected list: every field that is wrong (at most three), what it is, what was expected. */
export function describeIssues(issues: readonly z.core.$ZodIssue[], input: unknown): string {
  const lines = issues
    .slice(0, 3)
    .map(
      (issue) =>
        `${pathName(issue.path)}: expected ${expectation(issue)}, got ${show(valueAt(input, issue.path))}`,
    );
  const more = issues.length - lines.length;
  return more > 0 ? `${lines.join('; ')}; and ${more} more` : lines.join('; ');
}
