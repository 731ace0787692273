import { mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

const LIMIT_BYTES = 20 * 1024 * 1024;

/** A file descriptor that appends to a log; a log grown too long is put aside first, one generation deep. */
export function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  try {
    if (statSync(file).size > LIMIT_BYTES) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
  return openSync(file, 'a');
}
