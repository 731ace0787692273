/** Writes one public archive of a ceremony into the database while it is being zipped. */
import { createHash } from 'node:crypto';
import { Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Knex } from 'knex';
import { ZipFile } from 'yazl';
import { appendChunk, finishArchive, type ArchiveKind, type ArchiveRow } from '../db/archives';
import { byBytes } from '../domain/draw/manifest';

/** A file of the archive; its content is asked for when its turn comes. */
export interface ArchiveFile {
  name: string;
  content: () => AsyncIterable<string | Buffer> | Iterable<string>;
}

const CHUNK_BYTES = 1024 * 1024;

/** Nothing of the machine or the hour of building goes in; speed matters more than the last percent. */
const ENTRY = {
  mtime: new Date(1980, 0, 1),
  mode: 0o100644,
  forceDosTimestamp: true,
  compressionLevel: 1,
};

export async function storeArchive(
  trx: Knex,
  archive: { ceremonyId: number; kind: ArchiveKind },
  files: readonly ArchiveFile[],
): Promise<ArchiveRow> {
  const zip = zipOf(files);
  const whole = createHash('sha256');
  let size = 0;
  let number = 0;
  await pipeline(zip.outputStream, intoChunks(CHUNK_BYTES), async (chunks: AsyncIterable<Buffer>) => {
    for await (const chunk of chunks) {
      number += 1;
      whole.update(chunk);
      size += chunk.length;
      await appendChunk(trx, archive, number, chunk);
    }
  });
  const row = { ceremony_id: archive.ceremonyId, kind: archive.kind, size, sha256: whole.digest('hex') };
  await finishArchive(trx, row);
  return row;
}

/** Sorted by name, then the sums of all, which are known when the last file has gone through. */
function zipOf(files: readonly ArchiveFile[]): ZipFile {
  const zip = new ZipFile();
  const output = zip.outputStream as unknown as Readable;
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  const sums: string[] = [];
  for (const { name, content } of [...files].sort((a, b) => byBytes(a.name, b.name))) {
    zip.addReadStreamLazy(name, ENTRY, (give) => {
      give(null, Readable.from(hashed(name, content, sums), { objectMode: false }).on('error', fail));
    });
  }
  zip.addReadStreamLazy('SHA256SUMS', ENTRY, (give) => {
    give(null, Readable.from([sums.join('')], { objectMode: false }));
  });
  zip.end();
  return zip;
}

async function* hashed(
  name: string,
  content: ArchiveFile['content'],
  sums: string[],
): AsyncGenerator<Buffer> {
  const digest = createHash('sha256');
  for await (const piece of content()) {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece;
    digest.update(bytes);
    yield bytes;
  }
  sums.push(`${digest.digest('hex')}  ${name}\n`);
}

/** Pieces of one size, whatever comes in. */
function intoChunks(size: number): Transform {
  let held: Buffer[] = [];
  let bytes = 0;
  return new Transform({
    readableObjectMode: true,
    transform(piece: Buffer, _encoding, done: TransformCallback) {
      held.push(piece);
      bytes += piece.length;
      if (bytes >= size) {
        let all = Buffer.concat(held);
        for (; all.length >= size; all = all.subarray(size)) this.push(all.subarray(0, size));
        held = [all];
        bytes = all.length;
      }
      done();
    },
    flush(done: TransformCallback) {
      if (bytes > 0) this.push(Buffer.concat(held));
      done();
    },
  });
}
