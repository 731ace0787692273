// `npm run docs:examples`: writes api/contract/examples.json anew, from calls that succeed in the tests of the API.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './check/run-node.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const TIMEOUT_MS = 3_600_000;
/** An example is to be read: longer answers are left out. */
const LONGEST = 1500;
const FILE = 'api/contract/examples.json';
/** They open nothing any more; but whoever finds them in a repository can't know. */
const SECRETS = /(ov_|\/calendar\/)[\w-]{43}/g;

const given = process.env.ONEVISIT_RECORD_EXAMPLES;
const folder = given ?? mkdtempSync(path.join(os.tmpdir(), 'onevisit-examples-'));
if (given === undefined) {
  process.env.ONEVISIT_RECORD_EXAMPLES = folder;
  const { code } = await runNode(
    ['node_modules/jest/bin/jest.js', '--testPathPatterns', 'test/(integration/api|workflow)/'],
    { timeoutMs: TIMEOUT_MS, onLine: (line) => console.log(line) },
  );
  if (code !== 0) process.exit(1);
}

const best = new Map();
for (const file of readdirSync(folder)) {
  for (const line of readFileSync(path.join(folder, file), 'utf8').split('\n')) {
    if (line === '') continue;
    const { id, ...exchange } = JSON.parse(line.replace(SECRETS, '$1…'));
    const example = shown(exchange);
    const before = best.get(id);
    if (!before || isBetter(example, before)) best.set(id, example);
  }
}
// What no such test calls was written by hand, and stays.
const before = JSON.parse(readFileSync(FILE, 'utf8'));
const examples = Object.entries({ ...before, ...Object.fromEntries(best) }).sort(([a], [b]) =>
  a < b ? -1 : 1,
);
writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(examples), null, 2)}\n`);
console.log(`${best.size} of ${examples.length} examples`);
if (given === undefined) rmSync(folder, { recursive: true });

function shown({ params, query, body, answer }) {
  const short = firstOfEach(answer);
  const fits = short !== null && short !== undefined && JSON.stringify(short).length <= LONGEST;
  return {
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...(Object.keys(query).length > 0 ? { query } : {}),
    ...(body === undefined ? {} : { body }),
    ...(fits ? { answer: short } : {}),
  };
}

/** One row stands for all. */
function firstOfEach(value) {
  if (Array.isArray(value)) return value.slice(0, 1).map(firstOfEach);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, firstOfEach(inner)]));
}

/** Of several the one with most in its request, then with fewest empty lists in its answer, then the shortest. */
function isBetter(one, other) {
  const [a, b] = [one, other].map((example) => {
    const text = JSON.stringify(example);
    return [-Object.keys(example.body ?? {}).length, text.split('[]').length, text.length, text];
  });
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at] < b[at];
}
