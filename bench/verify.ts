import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { launchChromium } from '../test/support/chromium';
import { timed, type Bench } from './support/bench';
import { largeBundle } from './support/large-bundle';
import { startLineProcess } from './support/line-process';

/** A million files are a burden for a disk, and the time grows with their number. */
const SHARE = 20;
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
    const lines = path.join(folder, 'lines');
    mkdirSync(lines);
    for (let at = 0; at < size / SHARE; at++) {
      writeFileSync(
        path.join(lines, String(at)),
        `${'0'.repeat(64)}\nentity\n${String(at).padStart(18, '0')}`,
      );
    }
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
          name: `sha256sum, a file per line (of 1 in ${SHARE}, times ${SHARE})`,
          run: async () => {
            const { seconds } = await timed(() =>
              run('sh', ['-c', 'find "$0" -type f -print0 | xargs -0 sha256sum | wc -l', lines]),
            );
            return { seconds: seconds * SHARE, outcome: 'holds' };
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
        return 'sha256sum as it is used by hand is the yardstick; hashlib is what the hashing alone costs in C';
      },
      close: async () => {
        await Promise.all([browser.close(), hashing.end()]);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  },
};
