/** A version of before, built as it was, beside this one. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

export interface Released {
  /** Its `tools/run.mjs`. */
  run: string;
  remove: () => void;
}

export function checkOut(commit: string): Released {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, maxBuffer: 1 << 28 });
  try {
    git('cat-file', '-e', `${commit}^{commit}`);
  } catch {
    throw new Error(
      `this clone has no commit ${commit}, the version of before: git fetch --unshallow, then try again`,
    );
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-released-'));
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit) });
  const lockOf = (root: string) => readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  if (lockOf(folder) === lockOf(ROOT)) {
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  } else {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  }
  execFileSync(process.execPath, ['tools/build.mjs'], { cwd: folder });
  return {
    run: path.join(folder, 'tools/run.mjs'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
