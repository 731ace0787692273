import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../test/support/chromium';
import { timed, type Bench } from './support/bench';
import { largeBundle } from './support/large-bundle';
import { startLineProcess } from './support/line-process';

const ROOT = path.join(__dirname, '../..');
const run = promisify(execFile);

/** From the file on the disk to the verdict, the start of Python and the unpacking included. */
export const bench: Bench = {
  about: 'a whole bundle checked by verify.py and by the page in Chromium, beside hashing as many lines',
  sizeOf: 'entities',
  defaultSize: 1_000_000,
  prepare: async (size) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-verify-'));
    const file = path.join(folder, 'bundle.zip');
    writeFileSync(file, await largeBundle(size));
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path.join(ROOT, 'verifier/verify.html')).href);
    const hashing = startLineProcess('python3', [path.join(ROOT, 'bench/peers/hash_lines.py')]);
    return {
      ours: {
        name: 'verify.py',
        run: () =>
          timed(async () => {
            // It exits with 1 where something does not hold, which fails the bench.
            await run('python3', [path.join(ROOT, 'verifier/verify.py'), '--json', file], {
              maxBuffer: 1 << 24,
            });
            return 'holds';
          }),
      },
      peers: [
        {
          name: 'verify.html in Chromium',
          run: async () => {
            // Nothing of the last verdict is left to be taken for the new one.
            await page.reload();
            return timed(async () => {
              await page.setInputFiles('#file', file);
              await page.waitForSelector('#verdict.good, #verdict.bad', { timeout: 600_000 });
              return (await page.getAttribute('#verdict', 'class')) === 'good' ? 'holds' : 'does not hold';
            });
          },
        },
        {
          name: 'hashlib: SHA-256 of as many lines',
          run: async () => {
            const { seconds } = (await hashing.ask(String(size))) as { seconds: number };
            return { seconds, outcome: 'holds' };
          },
        },
      ],
      check: (outcomes) => {
        if ([...outcomes.values()].some((one) => one !== 'holds')) {
          throw new Error(`a verifier refused an honest bundle: ${JSON.stringify([...outcomes])}`);
        }
        return 'within 5 times of hashing: every ratio between hashing and a verifier is at least 0.2';
      },
      close: async () => {
        await Promise.all([browser.close(), hashing.end()]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
