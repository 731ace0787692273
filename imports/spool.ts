import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { unavailable, type DomainError } from '../domain/errors';

/** A file on disk, so that its encoding can be told and its rows be read without holding it in memory. */
export interface SpooledFile {
  path: string;
  bytes: number;
  sha256: string;
  /** The first part, for telling the kind of file. */
  head: Buffer;
  isUtf8: boolean;
  remove(): Promise<void>;
}

const HEAD_BYTES = 65_536;

/** Writes a stream to a temporary file; the caller removes it. */
export async function spool(stream: Readable): Promise<SpooledFile> {
  const folder = await mkdtemp(path.join(os.tmpdir(), `onevisit-import-${process.pid}-`));
  const remove = () => rm(folder, { recursive: true, force: true });
  const file = path.join(folder, 'table');
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const head: Buffer[] = [];
  let bytes = 0;
  let isUtf8 = true;
  try {
    const target = await open(file, 'wx', 0o600);
    const failures: Error[] = [];
    try {
      for await (const part of stream as AsyncIterable<Buffer | string>) {
        // Whoever sends hears an answer only when all has come: where there is no room, the rest is read and left.
        if (failures.length > 0) continue;
        const chunk = typeof part === 'string' ? Buffer.from(part) : part;
        if (bytes < HEAD_BYTES) head.push(chunk.subarray(0, HEAD_BYTES - bytes));
        bytes += chunk.length;
        hash.update(chunk);
        isUtf8 &&= decodes(utf8, chunk);
        try {
          await target.appendFile(chunk);
        } catch (error) {
          failures.push(error as Error);
        }
      }
      isUtf8 &&= decodes(utf8);
    } finally {
      await target.close();
    }
    const [failure] = failures;
    if (failure) throw failure;
  } catch (error) {
    await remove();
    throw diskFull(error) ?? error;
  }
  return { path: file, bytes, sha256: hash.digest('hex'), head: Buffer.concat(head), isUtf8, remove };
}

/** Neither a server's disk nor a database's is the user's to mend: whom to tell. Null for anything else. */
export function diskFull(error: unknown): DomainError | null {
  return isFull(error)
    ? unavailable('no-space', '服务器的磁盘空间不足，文件没有导入，名录库没有改变。请联系管理员清理后再试。')
    : null;
}

const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG', '53100'];

function isFull(error: unknown): boolean {
  const { code, message = '' } = (error ?? {}) as { code?: unknown; message?: string };
  // PostgreSQL has a code for a full disk alone; of quotas and limits it tells in words.
  return FULL.includes(code) || (code === 'XX000' && /quota exceeded|File too large/i.test(message));
}

/** Whether a whole file is text in an encoding. */
export async function isEncodedIn(file: string, encoding: string): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    if (!decodes(decoder, chunk as Buffer)) return false;
  }
  return decodes(decoder);
}

function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}
