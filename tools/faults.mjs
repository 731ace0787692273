// `npm run test:faults [-- --kills N] [--seed N]`: campaigns under hundreds of faults, and a table of what was done.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { runNode } from './check/run-node.mjs';

process.chdir(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'));

const HELP = `npm run test:faults -- [faults] [upgrade] [--kills 200] [--seed N]

Campaigns on a site whose parts are killed, stopped, cut off and left without room; and a campaign that is begun under
the version before and ends under this one (docs/faults.md). Without a part: both.

  --kills N   how many kills there are at least; campaigns follow each other until then (default: 200)
  --seed N    draws the faults of an earlier run again (default: by chance; printed)
  --help      this text
Exit codes: 0 all held, 1 something did not, 2 wrong call`;

const TIMEOUT_MS = 4 * 3_600_000;

let values;
let positionals;
try {
  ({ values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      kills: { type: 'string', default: '200' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1e6)) },
      help: { type: 'boolean', short: 'h', default: false },
    },
  }));
} catch (error) {
  console.error(`${error.message}\n\n${HELP}`);
  process.exit(2);
}
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
for (const name of ['kills', 'seed']) {
  if (!/^\d+$/.test(values[name])) {
    console.error(`--${name} must be a number: ${values[name]}`);
    process.exit(2);
  }
}

const PARTS = ['faults', 'upgrade'];
const unknown = positionals.find((part) => !PARTS.includes(part));
if (unknown !== undefined) {
  console.error(`no part ${unknown}: ${PARTS.join(', ')}`);
  process.exit(2);
}
const files = (positionals.length > 0 ? positionals : PARTS).join('|');

await build();
const scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-faults-'));
const report = path.join(scratch, 'report.json');
console.log(`seed ${values.seed}, ${values.kills} kills`);
Object.assign(process.env, {
  ONEVISIT_FAULTS_KILLS: values.kills,
  ONEVISIT_FAULTS_SEED: values.seed,
  ONEVISIT_FAULTS_REPORT: report,
});
const { code } = await runNode(
  [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    'faults',
    '--runInBand',
    '--silent',
    '--testPathPatterns',
    `(${files})\\.long`,
  ],
  { timeoutMs: TIMEOUT_MS, onLine: (line) => console.log(line) },
);
printTable(readReport());
rmSync(scratch, { recursive: true, force: true });
process.exitCode = code === 0 ? 0 : 1;

function readReport() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return null;
  }
}

/** As docs/faults.md has it. */
function printTable(read) {
  if (!read) return;
  const rows = read.lines.map(({ fault, times, median, longest }) => [
    fault,
    String(times),
    median?.toFixed(1) ?? '',
    longest?.toFixed(1) ?? '',
  ]);
  const head = ['fault', 'times', 'whole after, s (median)', 'longest'];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column].length)),
  );
  const line = (cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  const rule = `| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  console.log(`\n${[line(head), rule, ...rows.map(line)].join('\n')}\n`);
  console.log(
    Object.entries(read.facts)
      .map(([name, value]) => `${name} ${value}`)
      .join(', '),
  );
  console.log(code === 0 ? 'all held' : 'SOMETHING DID NOT HOLD: see above');
}
