// `npm test [-- PART…]`: every check and test but the long parts, which run when named and with `all`. The last line is
// `N passed, N failed`; it exits with 1 when one failed.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { jestPart } from './check/jest-part.mjs';
import { toolPart } from './check/tool-part.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const SOURCES = [
  'domain',
  'db',
  'workflows',
  'activities',
  'imports',
  'evidence',
  'documents',
  'api',
  'server',
  'examples',
  'verifier',
  'bench',
];
const CRUISED = [...SOURCES, 'test', 'web/src'].filter((folder) => existsSync(folder));

/**
 * A part with `isLong` takes minutes: plain `npm test` leaves it out, CI has it by `all`.
 *
 * Stage after stage: the web page's types need what the build generates. Parts of one stage run two at a time, and so do the
 * files of a part of tests: those that break a running system spend much of their time in waiting.
 */
const STAGES = [
  [toolPart('build', null, ['tools/build.mjs'])],
  [
    // Two programs to the type checker either way: apart they lint side by side.
    toolPart('lint', 'eslint', ['.', '--ignore-pattern', 'web/', '--max-warnings', '0']),
    toolPart('lint-web', 'eslint', ['web', '--max-warnings', '0']),
    toolPart('types', 'typescript:tsc', ['--noEmit', '-p', 'tsconfig.json']),
    toolPart('types-web', 'typescript:tsc', ['--noEmit', '-p', 'web/tsconfig.json']),
    toolPart('format', 'prettier', ['--check', '--log-level', 'warn', '.']),
    toolPart('imports', 'dependency-cruiser:depcruise', ['--config', '.dependency-cruiser.cjs', ...CRUISED]),
    toolPart('unused', 'knip', ['--no-config-hints']),
  ],
  [jestPart('unit', ['--maxWorkers=2'])],
  [jestPart('integration', ['--maxWorkers=2'])],
  [{ ...jestPart('matrix', ['--maxWorkers=2']), isLong: true }],
  [jestPart('workflow', ['--maxWorkers=2'])],
  [jestPart('verifier', ['--maxWorkers=2'])],
  [jestPart('replay', ['--runInBand'])],
  [jestPart('fuzz', ['--maxWorkers=2'])],
  [jestPart('e2e', ['--maxWorkers=2'])],
  [jestPart('fault', ['--maxWorkers=2'])],
  [{ ...jestPart('schemathesis', ['--runInBand']), isLong: true }],
  [{ ...jestPart('attack', ['--maxWorkers=2']), isLong: true }],
  [{ ...toolPart('drill', null, ['dist/server/cli/drill-restore.js']), isLong: true }],
];
const AT_A_TIME = 2;
const ALL = 'all';

const names = STAGES.flat().map((part) => part.name);
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => name !== ALL && !names.includes(name));
if (unknown.length > 0) {
  console.error(`没有 no part ${unknown.join(', ')}. npm test -- [${[ALL, ...names].join('|')}] …`);
  process.exit(2);
}

const began = Date.now();
let passed = 0;
let failed = 0;
const failures = [];
for (const stage of STAGES) {
  const queue = stage.filter(isWanted);
  await Promise.all(Array.from({ length: AT_A_TIME }, () => work(queue)));
}
console.log(`\n${seconds(began)} s`);
// Once more at the end, in a line each: the end is what is kept of a long output.
for (const failure of failures) console.log(`✗ ${failure}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function isWanted(part) {
  if (wanted.includes(ALL) || wanted.includes(part.name)) return true;
  return wanted.length === 0 && !part.isLong;
}

async function work(queue) {
  for (let part = queue.shift(); part; part = queue.shift()) {
    const start = Date.now();
    const outcome = await part.run().catch((error) => ({ passed: 0, failed: 1, output: error.stack }));
    passed += outcome.passed;
    failed += outcome.failed;
    if (outcome.failed > 0) failures.push(...(outcome.failures ?? [part.name]));
    const bad = outcome.failed > 0;
    const counts = part.isCheck ? '' : `${outcome.passed} passed, ${outcome.failed} failed`;
    console.log(`${bad ? '✗' : '✓'} ${part.name.padEnd(12)} ${`${seconds(start)} s`.padStart(8)}  ${counts}`);
    if (bad) console.log(`${outcome.output.trimEnd().replace(/^/gm, '    ')}\n`);
  }
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1);
}
