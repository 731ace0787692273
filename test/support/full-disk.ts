import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { folderStore } from '../../evidence/folder-store';
import type { EvidenceStore } from '../../evidence/store';

export interface SmallDisk {
  /** Not another block can be written, until there is room again. */
  fill: () => void;
  free: () => void;
  remove: () => void;
}

/** A disk of its own below a folder that exists; null where this process may not mount one. `size` as mount has it. */
export function smallDisk(folder: string, size: string): SmallDisk | null {
  const filler = path.join(folder, '.filler');
  const resize = (to: string) => execFileSync('mount', ['-o', `remount,size=${to}`, folder]);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size},mode=0755`, 'tmpfs', folder], {
      stdio: 'ignore',
    });
  } catch {
    return null;
  }
  return {
    fill: () => {
      // A size of nothing would be no limit.
      writeFileSync(filler, 'x');
      const { blocks, bfree, bsize } = statfsSync(folder);
      resize(String((blocks - bfree) * bsize));
    },
    free: () => {
      resize(size);
      rmSync(filler);
    },
    // Whatever a killed process still holds open there goes with it.
    remove: () => execFileSync('umount', ['--lazy', folder]),
  };
}

/**
 * A store on a disk of 64 KiB. Where this process may not mount one, a store that writes to the device which is always
 * full: the kernel's answer is the same.
 */
export function fullDisk(folder: string): { store: EvidenceStore; remove: () => void } {
  const place = path.join(folder, 'small-disk');
  mkdirSync(place);
  const disk = smallDisk(place, '64k');
  if (!disk) {
    closeSync(openSync('/dev/full', 'w'));
    const store = folderStore(place);
    return {
      store: { ...store, put: (_key, file) => copyFile(file.path, '/dev/full') },
      remove: () => undefined,
    };
  }
  return { store: folderStore(place), remove: disk.remove };
}
