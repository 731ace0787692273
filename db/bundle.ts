/** What a draw bundle is made of (draw protocol, section 6), and the bundle itself. */
import type { Knex } from 'knex';

/** A population file: codes in order, one a line. `item` null: the union of all items. `stratum` null: all strata. */
export async function readPopulation(
  db: Knex,
  ceremonyId: number,
  item: string | null,
  stratum: string | null,
): Promise<string> {
  return oneText(
    db,
    `select coalesce(string_agg(credit_code || E'\\n', '' order by credit_code), '') as text
       from frozen_entities
      where ceremony_id = :ceremony and (cast(:item as text) is null or cast(:item as text) = any (items))
        and (cast(:stratum as text) is null or stratum = cast(:stratum as text))`,
    { ceremony: ceremonyId, item, stratum },
  );
}

export async function readEntitiesCsv(db: Knex, ceremonyId: number): Promise<string> {
  return oneText(
    db,
    `select E'code,region\\n' || coalesce(string_agg(credit_code || ',' || region_code || E'\\n', '' order by credit_code), '') as text
       from frozen_entities where ceremony_id = :ceremony`,
    { ceremony: ceremonyId },
  );
}

export async function readDrawn(
  db: Knex,
  ceremonyId: number,
): Promise<{ item: string; stratum: string; rank: number; code: string; ticket: string }[]> {
  return db('drawn')
    .where({ ceremony_id: ceremonyId })
    .orderBy(['item', 'stratum', 'rank'])
    .select({ item: 'item', stratum: 'stratum', rank: 'rank', code: 'credit_code', ticket: 'ticket' });
}

export async function readVisitRows(
  db: Knex,
  campaignId: number,
): Promise<{ visit: number; code: string; items: string }[]> {
  const { rows } = await db.raw<{ rows: { visit: number; code: string; items: string }[] }>(
    `select v.number as visit, e.credit_code as code, string_agg(vi.item_code, ';' order by vi.item_code) as items
       from visits v join entities e on e.id = v.entity_id join visit_items vi on vi.visit_id = v.id
      where v.campaign_id = ? group by v.number, e.credit_code order by v.number`,
    [campaignId],
  );
  return rows;
}

export async function readAssignmentRows(
  db: Knex,
  campaignId: number,
): Promise<{ visit: number; department: string; inspector: string }[]> {
  const { rows } = await db.raw<{ rows: { visit: number; department: string; inspector: string }[] }>(
    `select v.number as visit, a.department_code as department, i.code as inspector
       from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
      where v.campaign_id = ? order by v.number, a.department_code, i.code`,
    [campaignId],
  );
  return rows;
}

/** The same bytes for everyone, for ever: built once and kept. */
export async function storeBundle(
  db: Knex,
  ceremonyId: number,
  bundle: Buffer,
  sha256: string,
): Promise<void> {
  await db('ceremonies').where({ id: ceremonyId }).update({ bundle, bundle_sha256: sha256 });
}

export async function readBundle(
  db: Knex,
  campaignId: number,
): Promise<{ bundle: Buffer; sha256: string } | null> {
  const row = await db('ceremonies')
    .where({ campaign_id: campaignId, status: 'drawn' })
    .first<{ bundle: Buffer | null; sha256: string | null } | undefined>({
      bundle: 'bundle',
      sha256: 'bundle_sha256',
    });
  return row?.bundle && row.sha256 ? { bundle: row.bundle, sha256: row.sha256 } : null;
}

async function oneText(
  db: Knex,
  sql: string,
  bindings: Record<string, string | number | null>,
): Promise<string> {
  const { rows } = await db.raw<{ rows: [{ text: string }] }>(sql, bindings);
  return rows[0].text;
}
