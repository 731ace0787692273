import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError, invalid, tooLarge, unsupported } from '../domain/errors';
import { EVIDENCE_TYPES, evidenceTypeOf, HEAD_BYTES, type EvidenceType } from '../domain/evidence/types';
import type { EvidenceStore } from './store';
import { isWholeFile } from './whole-file';

export interface EvidencePolicy {
  fileBytes: number;
  visitBytes: number;
  types: readonly EvidenceType[];
  /** Photos are sent as the camera made them, in place of no larger than needed. */
  keepsOriginals: boolean;
}

export interface ReceivedFile {
  path: string;
  size: number;
  sha256: string;
  type: EvidenceType;
}

/**
 * Writes an upload to the disk and gives it to `use`; afterwards nothing of it is left where it was received. What is no
 * evidence is refused as soon as that shows, with the rest of the upload left to whoever answers.
 */
export async function receive<T>(
  { incoming }: EvidenceStore,
  stream: Readable,
  policy: EvidencePolicy,
  use: (file: ReceivedFile) => Promise<T>,
): Promise<T> {
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const place = path.join(incoming, randomUUID());
  try {
    const handle = await open(place, 'wx+', 0o600);
    const received = await write(handle, stream, policy).finally(() => handle.close());
    return await use({ path: place, ...received });
  } catch (error) {
    // Nobody reads the rest; while it waits, the answer would too.
    stream.resume();
    if (stream.destroyed && !stream.readableEnded) throw brokenOff();
    throw fullStore(error) ?? error;
  } finally {
    await rm(place, { force: true });
  }
}

async function write(
  handle: FileHandle,
  stream: Readable,
  { fileBytes, types }: EvidencePolicy,
): Promise<Omit<ReceivedFile, 'path'>> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let size = 0;
  // The answer goes out on the same connection: the stream must not be destroyed when this ends early.
  for await (const part of stream.iterator({ destroyOnReturn: false })) {
    const chunk = part as Buffer;
    size += chunk.length;
    if (size > fileBytes) throw fileTooLarge(fileBytes);
    if (head.length < HEAD_BYTES) {
      head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
      if (head.length === HEAD_BYTES) typeOf(head, types);
    }
    hash.update(chunk);
    // All of it: `write` may stop short without saying so, as where a disk is full.
    await handle.appendFile(chunk);
  }
  if (size === 0) throw unsupported('evidence-empty', '文件是空的：请重新拍摄或选择。');
  const type = typeOf(head, types);
  if (!(await isWholeFile(handle, size, type))) {
    throw unsupported(
      'evidence-truncated',
      `文件不完整：${EVIDENCE_TYPES[type].label}缺少结尾，无法打开。请重新拍摄或重新选择原文件。`,
    );
  }
  await handle.sync();
  return { size, sha256: hash.digest('hex'), type };
}

function typeOf(head: Buffer, types: readonly EvidenceType[]): EvidenceType {
  const type = evidenceTypeOf(head);
  if (type !== null && types.includes(type)) return type;
  const found = type === null ? '文件的内容不是可以接收的格式' : `不接收${EVIDENCE_TYPES[type].label}`;
  const labels = types.map((one) => EVIDENCE_TYPES[one].label).join('、');
  throw unsupported('evidence-type', `${found}（按内容识别，与文件名无关）。可以上传：${labels}。`);
}

export const fileTooLarge = (fileBytes: number): DomainError =>
  tooLarge('evidence-too-large', `文件超过 ${megabytes(fileBytes)} MB 的上限：请压缩后再传，或分段拍摄。`);

export const megabytes = (bytes: number): string => String(Math.round(bytes / 104_857.6) / 10);

/** Nobody hears it; the log does. */
const brokenOff = (): DomainError => invalid('upload-broken-off', '上传中断，这个文件没有保存：请重试。');

/** A full disk or quota is not the user's to mend: nothing was kept, and whom to tell. Null for anything else. */
function fullStore(error: unknown): DomainError | null {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === '53100'
    ? new DomainError(
        'no-space',
        'evidence-no-space',
        '服务器存放佐证材料的空间已满，这个文件没有保存，已有的材料不受影响。请联系管理员清理后重试。',
      )
    : null;
}
