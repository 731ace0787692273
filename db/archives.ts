/** The public archives of a ceremony (draw protocol, section 6): the same bytes for everyone, for ever. */
import type { Knex } from 'knex';

export type ArchiveKind = 'frozen' | 'bundle';

export interface ArchiveRow {
  ceremony_id: number;
  kind: ArchiveKind;
  size: number;
  sha256: string;
}

export async function appendChunk(
  trx: Knex,
  archive: { ceremonyId: number; kind: ArchiveKind },
  number: number,
  bytes: Buffer,
): Promise<void> {
  await trx('archive_chunks').insert({
    ceremony_id: archive.ceremonyId,
    kind: archive.kind,
    number,
    bytes,
  });
}

/** All chunks are there: from now on the archive is found. */
export async function finishArchive(trx: Knex, archive: ArchiveRow): Promise<void> {
  await trx<ArchiveRow>('archives').insert(archive);
  if (archive.kind === 'bundle') {
    await trx('ceremonies').where({ id: archive.ceremony_id }).update({ bundle_sha256: archive.sha256 });
  }
}

/** The bundle of a campaign's draw. */
export async function readBundle(db: Knex, campaignId: number): Promise<ArchiveRow | null> {
  return find(db, { 'c.campaign_id': campaignId, 'a.kind': 'bundle' });
}

/** What one ceremony froze, also where it became void. */
export async function readFrozenArchive(
  db: Knex,
  campaignId: number,
  number: number,
): Promise<ArchiveRow | null> {
  return find(db, { 'c.campaign_id': campaignId, 'c.number': number, 'a.kind': 'frozen' });
}

async function find(db: Knex, where: Record<string, string | number>): Promise<ArchiveRow | null> {
  const row = await db('archives as a')
    .join('ceremonies as c', 'c.id', 'a.ceremony_id')
    .where(where)
    .first<ArchiveRow | undefined>('a.ceremony_id', 'a.kind', 'a.size', 'a.sha256');
  return row ?? null;
}

/** Chunk by chunk, so that a slow reader costs no memory. */
export async function* readChunks(db: Knex, archive: ArchiveRow): AsyncGenerator<Buffer> {
  for (let number = 1; ; number += 1) {
    const row = await db('archive_chunks')
      .where({ ceremony_id: archive.ceremony_id, kind: archive.kind, number })
      .first<{ bytes: Buffer } | undefined>('bytes');
    if (!row) return;
    yield row.bytes;
  }
}
