import {
  copyFileSync,
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  type Stats,
} from 'node:fs';
import path from 'node:path';

export interface Copied {
  files: number;
  bytes: number;
}

interface CopyOptions {
  /** By the path below the source; of a folder that is skipped, nothing is looked at. */
  skip?: (relative: string, stats: Stats) => boolean;
  owner?: { uid: number; gid: number } | null;
  /** What is there already has the same name because it has the same content. */
  onlyMissing?: boolean;
}

/** Copies a folder in use: what is gone by the time it is its turn was not needed. */
export function copyTree(from: string, to: string, options: CopyOptions = {}): Copied {
  const copied: Copied = { files: 0, bytes: 0 };
  const visit = (relative: string): void => {
    const source = path.join(from, relative);
    const stats = lstatSync(source, { throwIfNoEntry: false });
    if (!stats || (relative !== '' && options.skip?.(relative, stats))) return;
    const target = path.join(to, relative);
    if (stats.isDirectory()) {
      mkdirSync(target, { recursive: true });
      chmodSync(target, stats.mode);
      for (const name of readdirSync(source)) visit(path.join(relative, name));
    } else if (stats.isFile()) {
      if (options.onlyMissing && existsSync(target)) return;
      try {
        copyFileSync(source, target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
        throw error;
      }
      copied.files += 1;
      copied.bytes += stats.size;
    } else return;
    if (options.owner) chownSync(target, options.owner.uid, options.owner.gid);
  };
  visit('');
  return copied;
}
