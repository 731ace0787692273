import type { FileHandle } from 'node:fs/promises';
import type { EvidenceType } from '../domain/evidence/types';

/** Whether a file has its end: a picture that breaks off half-way shows nothing, and nobody would see that on the list. */
export function isWholeFile(file: FileHandle, size: number, type: EvidenceType): Promise<boolean> {
  switch (type) {
    case 'jpeg':
      return isWholeJpeg(file, size);
    case 'png':
      return isWholePng(file, size);
    case 'webp':
      return isWholeRiff(file, size);
    case 'pdf':
      return isWholePdf(file, size);
    default:
      return isWholeBoxes(file, size);
  }
}

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  return buffer.subarray(0, bytesRead);
}

const START_OF_SCAN = 0xda;
const END_OF_IMAGE = Buffer.from([0xff, 0xd9]);
const PIECE = 1 << 16;

/** Phones put a preview into the head, which has an end of its own, and clips behind the picture: it ends after its scans began. */
async function isWholeJpeg(file: FileHandle, size: number): Promise<boolean> {
  let at = 2;
  while (at + 4 <= size) {
    const head = await bytesAt(file, at, 4);
    if (head[0] !== 0xff) return false;
    if (head[1] === 0xff) {
      at += 1;
      continue;
    }
    at += 2 + head.readUInt16BE(2);
    if (head[1] === START_OF_SCAN) break;
  }
  for (; at < size; at += PIECE - 1) {
    if ((await bytesAt(file, at, PIECE)).includes(END_OF_IMAGE)) return true;
  }
  return false;
}

async function isWholePng(file: FileHandle, size: number): Promise<boolean> {
  for (let at = 8; at + 12 <= size;) {
    const head = await bytesAt(file, at, 8);
    at += 12 + head.readUInt32BE(0);
    if (head.toString('latin1', 4) === 'IEND') return at <= size;
  }
  return false;
}

async function isWholeRiff(file: FileHandle, size: number): Promise<boolean> {
  return (await bytesAt(file, 4, 4)).readUInt32LE(0) + 8 <= size;
}

async function isWholePdf(file: FileHandle, size: number): Promise<boolean> {
  const tail = await bytesAt(file, Math.max(0, size - 2048), 2048);
  return tail.includes('%%EOF');
}

/** A length of 0 runs to the end of the file, 1 stands for one of 8 bytes. */
async function isWholeBoxes(file: FileHandle, size: number): Promise<boolean> {
  let hasIndex = false;
  let at = 0;
  while (at + 8 <= size) {
    const head = await bytesAt(file, at, 16);
    const kind = head.toString('latin1', 4, 8);
    hasIndex ||= kind === 'moov' || kind === 'meta';
    const length = head.readUInt32BE(0);
    if (length === 0) return hasIndex;
    if (length === 1 && head.length < 16) return false;
    const step = length === 1 ? Number(head.readBigUInt64BE(8)) : length;
    if (step < 8) return false;
    at += step;
  }
  return at === size && hasIndex;
}
