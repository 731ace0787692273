/** The three verifiers, each on many bundles in one go. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { CheckId, CheckOutcome } from '../../server/verify/report';
import { verifyBundle } from '../../server/verify/verify-bundle';
import { launchChromium } from '../support/chromium';
import type { DrawnBundle } from './drawn-bundles';

const VERIFIER = path.resolve(__dirname, '../../verifier');

/** What a citizen downloads. */
export interface Handed {
  bundle: Buffer;
  record?: Buffer;
  ceremonies?: Buffer;
}

export interface Verdict {
  ok: boolean;
  /** Checks that were made and found nothing. */
  held: CheckId[];
  /** Checks that found something. */
  failed: CheckId[];
  /** What was found, for a person who reads why a test failed. */
  problems: string[];
}

/** What a citizen wrote down while the draw went on. */
export type Published = Pick<DrawnBundle, 'commitment' | 'seals' | 'publicValue'>;
export type Verifier = (handed: readonly Handed[], published: Published | null) => Promise<Verdict[]>;

const verdictOf = (
  ok: boolean,
  checks: readonly Pick<CheckOutcome, 'id' | 'ok' | 'problems'>[],
): Verdict => ({
  ok,
  held: checks.filter((check) => check.ok === true).map((check) => check.id),
  failed: checks.filter((check) => check.ok === false).map((check) => check.id),
  problems: checks.flatMap((check) => check.problems),
});

const byCommand: Verifier = async (handed, published) => {
  const verdicts: Verdict[] = [];
  for (const { bundle, ...beside } of handed) {
    const asked = published && {
      commitment: published.commitment,
      seals: published.seals,
      values: new Map([['public:dice', published.publicValue]]),
    };
    const { ok, checks } = await verifyBundle(bundle, { ...asked, ...beside });
    verdicts.push(verdictOf(ok, checks));
  }
  return verdicts;
};

export const python = (args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    const child = execFile(
      'python3',
      [path.join(VERIFIER, 'verify.py'), ...args],
      { maxBuffer: 256 << 20 },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });

/** Those that come alone in one go. */
const byPython: Verifier = async (handed, published) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-verifier-'));
  const asked = published && [
    ...['--commitment', published.commitment, '--value', `public:dice=${published.publicValue}`],
    ...[...published.seals].flatMap(([department, seal]) => ['--seal', `${department}=${seal}`]),
  ];
  const write = (name: string, content: Buffer) => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  try {
    const verdicts: Verdict[] = [];
    for (const { besides, bundles } of alikeInTurn(handed)) {
      const files = bundles.map((bundle, at) => write(`${at}.zip`, bundle));
      const options = besides.flatMap(([name, content]) => [`--${name}`, write(`${name}.jsonl`, content)]);
      const { stdout, stderr } = await python(['--json', ...(asked ?? []), ...options, ...files]);
      const lines = stdout.split('\n').filter((line) => line !== '');
      if (lines.length !== bundles.length) throw new Error(`verify.py broke off: ${stderr}`);
      for (const line of lines) {
        const { ok, checks } = JSON.parse(line) as { ok: boolean; checks: CheckOutcome[] };
        verdicts.push(verdictOf(ok, checks));
      }
    }
    return verdicts;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

function alikeInTurn(handed: readonly Handed[]) {
  const turns: { besides: [string, Buffer][]; bundles: Buffer[] }[] = [];
  for (const { bundle, ...beside } of handed) {
    const besides = Object.entries(beside);
    const last = turns.at(-1);
    if (besides.length === 0 && last?.besides.length === 0) last.bundles.push(bundle);
    else turns.push({ besides, bundles: [bundle] });
  }
  return turns;
}

/** The page from the disk, as somebody without a network opens it, in the width of a phone. */
export async function withPage<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(pathToFileURL(path.join(VERIFIER, 'verify.html')).href);
    return await work(page);
  } finally {
    await browser.close();
  }
}

/** Drops what is handed over on the page and waits for what it says. */
export async function drop(page: Page, { bundle, ...beside }: Handed): Promise<Verdict> {
  await page.setInputFiles('#file', [
    { name: 'bundle.zip', mimeType: 'application/zip', buffer: bundle },
    ...Object.entries(beside).map(([name, buffer]) => ({
      name: `${name}.jsonl`,
      mimeType: 'application/jsonl',
      buffer,
    })),
  ]);
  await page.waitForSelector('#verdict.good, #verdict.bad', { timeout: 60_000 });
  const checks = await page.evaluate<CheckOutcome[]>(`
    [...document.querySelectorAll('#checks li')].map((line) => ({
      id: line.dataset.check,
      ok: line.dataset.state === 'skipped' ? null : line.dataset.state === 'good',
      problems: [...line.querySelectorAll('.problem')].map((problem) => problem.textContent),
    }))`);
  const good = (await page.getAttribute('#verdict', 'class')) === 'good';
  return verdictOf(good, checks);
}

const byPage: Verifier = (handed, published) =>
  withPage(async (page) => {
    if (published) {
      await page.click('#published summary');
      await page.fill('#commitment', published.commitment);
      const witnessed = [...published.seals, ['public:dice', published.publicValue]];
      await page.fill('#witnessed', witnessed.map((pair) => pair.join(' ')).join('\n'));
    }
    const verdicts: Verdict[] = [];
    for (const one of handed) verdicts.push(await drop(page, one));
    return verdicts;
  });

export const VERIFIERS = {
  'verify.py': byPython,
  'verify.html': byPage,
  'npm run verify': byCommand,
} satisfies Record<string, Verifier>;
