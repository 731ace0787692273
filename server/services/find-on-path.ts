import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/** Full path of a command, or null: like `which`, without needing it. */
export function findOnPath(name: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of (env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
    for (const candidate of names.map((each) => path.join(folder, each))) {
      try {
        accessSync(candidate, constants.X_OK);
        if (statSync(candidate).isFile()) return candidate;
      } catch {
        // Not here: the next folder may have it.
      }
    }
  }
  return null;
}
