/** `npm run bench -- NAME [--size N] [--rounds R] [--json] [--svg FILE]`: ours beside its peers, on the same input. */
import { readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { alternate } from './support/alternate';
import type { Bench } from './support/bench';
import { jsonReport, table } from './support/report';

const FEWEST_ROUNDS = 5;

const names = readdirSync(__dirname)
  .filter((file) => file.endsWith('.js') && file !== 'run.js')
  .map((file) => path.basename(file, '.js'))
  .sort();

class UsageError extends Error {}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});

async function main(): Promise<void> {
  const { name, size, json, svg, help, ...asked } = readArguments();
  if (help || name === undefined) {
    console.log(await usage());
    process.exitCode = help ? 0 : 2;
    return;
  }
  const bench = await named(name);
  const chosen = size ?? bench.defaultSize;
  const fewest = bench.fewestRounds ?? FEWEST_ROUNDS;
  const rounds = asked.rounds === undefined ? fewest : wholeNumber('--rounds', asked.rounds, fewest);
  console.log(`${name}: ${bench.about}`);
  console.log(`${chosen.toLocaleString('en')} ${bench.sizeOf}, ${rounds} rounds in alternation\n`);
  const contest = await bench.prepare(chosen);
  const loads = [load()];
  try {
    if (svg !== undefined && !contest.svg) throw new UsageError(`${name} has no plot`);
    const { measured, remark } = await alternate(contest, rounds, progress);
    loads.push(load());
    progress('');
    console.log(table(measured));
    if (remark) console.log(`\n${remark}`);
    console.log(`\nload of the machine before and after: ${loads.join(', ')}`);
    if (svg !== undefined) writeFileSync(svg, contest.svg?.() ?? '');
    if (json) console.log(jsonReport(name, chosen, measured));
  } finally {
    await contest.close?.();
  }
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: 'string' },
      rounds: { type: 'string' },
      json: { type: 'boolean', default: false },
      svg: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const [name, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`one bench at a time: ${positionals.join(' ')}`);
  if (name !== undefined && !names.includes(name)) {
    throw new UsageError(`no bench ${name}; there are: ${names.join(', ')}`);
  }
  return {
    name,
    size: values.size === undefined ? undefined : wholeNumber('--size', values.size, 1),
    rounds: values.rounds,
    json: values.json,
    svg: values.svg,
    help: values.help,
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new UsageError(`${option} takes a whole number of at least ${least}, not ${text}`);
}

async function named(name: string): Promise<Bench> {
  const { bench } = (await import(`./${name}.js`)) as { bench: Bench };
  return bench;
}

async function usage(): Promise<string> {
  const benches = await Promise.all(names.map(async (name) => ({ name, bench: await named(name) })));
  return [
    'npm run bench -- NAME [--size N] [--rounds R] [--json] [--svg FILE]',
    '',
    ...benches.map(
      ({ name, bench }) =>
        `  ${name.padEnd(16)} ${bench.about}\n${' '.repeat(19)}--size: ${bench.sizeOf} (${bench.defaultSize.toLocaleString('en')})`,
    ),
    '',
    `At least ${FEWEST_ROUNDS} rounds. With --json the last line is one object; ratio: how many times our time a peer needs. With --svg draw-curve writes its plot.`,
  ].join('\n');
}

const load = (): string => (os.loadavg()[0] ?? NaN).toFixed(1);

/** On a terminal one line that the next one replaces; nothing where output is kept. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`);
}
