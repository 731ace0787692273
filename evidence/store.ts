/** Where the files of evidence lie, outside the database: a folder, or a bucket of an S3-compatible store. */
import type { Readable } from 'node:stream';

export interface EvidenceStore {
  /** The folder in which files are received, on the disk that has to have room for them. */
  incoming: string;
  /** Takes a received file over: afterwards all of it is there under the key, or nothing. */
  put(key: string, file: { path: string; size: number; sha256: string }): Promise<void>;
  /** Throws `EvidenceMissing` where there is no such file. */
  open(key: string): Promise<Readable>;
  /** It may be gone already. */
  remove(key: string): Promise<void>;
  /** Keys of what has lain there for that long. */
  keysOlderThan(milliseconds: number): AsyncIterable<string>;
}

export class EvidenceMissing extends Error {
  constructor(key: string) {
    super(`no file ${key} in the store of evidence`);
  }
}
