import { readFileSync } from 'node:fs';
import { signInAs } from './visit.ts';

/*
 * A "system browser" without windows, for tests: `node browser.ts ADDRESS`. Who signs in: the subject in
 * VICORE_TEST_PERSON, or in the file that VICORE_TEST_PERSON_FILE names, which may change while programs run.
 * Nobody: the page stays open, and the sign-in waits.
 */

const [address] = process.argv.slice(2);
const file = process.env['VICORE_TEST_PERSON_FILE'];
const person = file === undefined ? process.env['VICORE_TEST_PERSON'] : readFileSync(file, 'utf8').trim();

if (address === undefined || !/^https?:/.test(address)) {
  console.error(`not an address of a web page: ${address}`);
  process.exitCode = 1;
} else if (person === undefined || person === 'nobody') {
  console.log('nobody is there to sign in');
} else {
  const { url, status } = await signInAs(address, person);
  const { origin, pathname } = new URL(url);
  console.log(`${person}: ended at ${origin}${pathname} with ${status}`);
}
