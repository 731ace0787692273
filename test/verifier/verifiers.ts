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

export interface Verdict {
  ok: boolean;
  /** Checks that found something. */
  failed: CheckId[];
  /** What was found, for a person who reads why a test failed. */
  problems: string[];
}

/** What a citizen wrote down while the draw went on. */
export type Published = Pick<DrawnBundle, 'commitment' | 'seals' | 'publicValue'>;
export type Verifier = (bundles: readonly Buffer[], published: Published | null) => Promise<Verdict[]>;

const verdictOf = (
  ok: boolean,
  checks: readonly Pick<CheckOutcome, 'id' | 'ok' | 'problems'>[],
): Verdict => ({
  ok,
  failed: checks.filter((check) => check.ok === false).map((check) => check.id),
  problems: checks.flatMap((check) => check.problems),
});

const byCommand: Verifier = async (bundles, published) => {
  const verdicts: Verdict[] = [];
  for (const bundle of bundles) {
    const asked = published && {
      commitment: published.commitment,
      seals: published.seals,
      values: new Map([['public:dice', published.publicValue]]),
    };
    const { ok, checks } = await verifyBundle(bundle, asked ?? {});
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

const byPython: Verifier = async (bundles, published) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-verifier-'));
  try {
    const files = bundles.map((bundle, at) => {
      const file = path.join(folder, `${at}.zip`);
      writeFileSync(file, bundle);
      return file;
    });
    const asked = published && [
      ...['--commitment', published.commitment, '--value', `public:dice=${published.publicValue}`],
      ...[...published.seals].flatMap(([department, seal]) => ['--seal', `${department}=${seal}`]),
    ];
    const { stdout, stderr } = await python(['--json', ...(asked ?? []), ...files]);
    const lines = stdout.split('\n').filter((line) => line !== '');
    if (lines.length !== bundles.length) throw new Error(`verify.py broke off: ${stderr}`);
    return lines.map((line) => {
      const { ok, checks } = JSON.parse(line) as { ok: boolean; checks: CheckOutcome[] };
      return verdictOf(ok, checks);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

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

/** Drops a bundle on the page and waits for what it says. */
export async function drop(page: Page, bundle: Buffer): Promise<Verdict> {
  await page.setInputFiles('#file', { name: 'bundle.zip', mimeType: 'application/zip', buffer: bundle });
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

const byPage: Verifier = (bundles, published) =>
  withPage(async (page) => {
    if (published) {
      await page.click('#published summary');
      await page.fill('#commitment', published.commitment);
      const witnessed = [...published.seals, ['public:dice', published.publicValue]];
      await page.fill('#witnessed', witnessed.map((pair) => pair.join(' ')).join('\n'));
    }
    const verdicts: Verdict[] = [];
    for (const bundle of bundles) verdicts.push(await drop(page, bundle));
    return verdicts;
  });

export const VERIFIERS = {
  'verify.py': byPython,
  'verify.html': byPage,
  'npm run verify': byCommand,
} satisfies Record<string, Verifier>;
