import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Path of a Python that has these packages (pinned, as pip reads them); made in the cache on first use. */
export async function pythonWith(...packages: string[]): Promise<string> {
  const name = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const home = path.join(cacheFolder(), 'python', name);
  const python = path.join(home, 'bin', 'python');
  if (existsSync(python)) return python;
  await mkdir(path.dirname(home), { recursive: true });
  const draft = `${home}.${process.pid}`;
  try {
    await makeEnvironment(draft);
    await run(path.join(draft, 'bin', 'python'), [
      ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
      ...packages,
    ]);
    await rename(draft, home);
  } catch (error) {
    // Another process may have been first with the same packages.
    if (!existsSync(python)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return python;
}

async function makeEnvironment(folder: string): Promise<void> {
  try {
    await run('python3', ['-m', 'venv', folder]);
  } catch (error) {
    throw new Error('this needs python3 with venv (on Debian: apt-get install python3 python3-venv)', {
      cause: error,
    });
  }
}

function cacheFolder(): string {
  const { ONEVISIT_CACHE, XDG_CACHE_HOME } = process.env;
  return ONEVISIT_CACHE ?? path.join(XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'onevisit');
}
