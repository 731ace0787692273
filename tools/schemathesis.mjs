// `npm run test:schemathesis [-- EXAMPLES [ROLE,ROLE]]`: requests made from the API's document, each operation as nobody and as
// each role. The short form, each operation as one who may, is a part of `npm test -- all`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { runNode } from './check/run-node.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const TIMEOUT_MS = 4 * 3_600_000;

const [examples = '10', roles] = process.argv.slice(2);
if (!/^\d+$/.test(examples)) {
  console.error('npm run test:schemathesis -- [EXAMPLES [ROLE,ROLE]]');
  process.exit(2);
}
await build();
process.env.ONEVISIT_SCHEMATHESIS = examples;
if (roles) process.env.ONEVISIT_SCHEMATHESIS_ROLES = roles;
const { code } = await runNode(
  ['node_modules/jest/bin/jest.js', '--selectProjects', 'schemathesis', '--runInBand'],
  { timeoutMs: TIMEOUT_MS, onLine: (line) => console.log(line) },
);
process.exitCode = code === 0 ? 0 : 1;
