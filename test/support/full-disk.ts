import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { folderStore } from '../../evidence/folder-store';
import type { EvidenceStore } from '../../evidence/store';

/**
 * A store on a disk of 64 KiB. Where this process may not mount one, a store that writes to the device which is always
 * full: the kernel's answer is the same.
 */
export function fullDisk(folder: string): { store: EvidenceStore; remove: () => void } {
  const disk = path.join(folder, 'small-disk');
  mkdirSync(disk);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' });
  } catch {
    closeSync(openSync('/dev/full', 'w'));
    const store = folderStore(disk);
    return {
      store: { ...store, put: (_key, file) => copyFile(file.path, '/dev/full') },
      remove: () => undefined,
    };
  }
  return { store: folderStore(disk), remove: () => execFileSync('umount', [disk]) };
}
