/** What the files of a draw bundle are made of (draw protocol, section 6), in pieces of bounded size. */
import type { Knex } from 'knex';

/** Rows fetched at a time. */
const BATCH = 20_000;

export interface DrawnRow {
  item: string;
  stratum: string;
  rank: number;
  code: string;
  ticket: string;
}

export async function* drawnRows(db: Knex, ceremonyId: number): AsyncGenerator<DrawnRow[]> {
  for (let after = ['', '', 0] as [string, string, number]; ;) {
    const { rows } = await db.raw<{ rows: DrawnRow[] }>(
      `select item, stratum, rank, credit_code as code, ticket from drawn
        where ceremony_id = ? and (item, stratum, rank) > (cast(? as text) collate "C", cast(? as text) collate "C", ?)
        order by item, stratum, rank limit ${BATCH}`,
      [ceremonyId, ...after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.item, last.stratum, last.rank];
  }
}

export interface VisitLine {
  visit: number;
  code: string;
  items: string;
}

export async function* visitRows(db: Knex, campaignId: number): AsyncGenerator<VisitLine[]> {
  for (let after = 0; ;) {
    const { rows } = await db.raw<{ rows: VisitLine[] }>(
      `select v.number as visit, e.credit_code as code,
              (select string_agg(vi.item_code, ';' order by vi.item_code) from visit_items vi where vi.visit_id = v.id) as items
         from visits v join entities e on e.id = v.entity_id
        where v.campaign_id = ? and v.number > ? order by v.number limit ${BATCH}`,
      [campaignId, after],
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = last.visit;
  }
}

export interface AssignmentLine {
  visit: number;
  department: string;
  inspector: string;
}

export async function* assignmentRows(db: Knex, campaignId: number): AsyncGenerator<AssignmentLine[]> {
  for (let after = ['', '', 0] as [string, string, number]; ;) {
    const { rows } = await db.raw<{ rows: AssignmentLine[] }>(
      `select v.number as visit, a.department_code as department, i.code as inspector
         from visits v join assignments a on a.visit_id = v.id join inspectors i on i.id = a.inspector_id
        where v.campaign_id = :campaign and v.number >= :visit
          and (v.number, a.department_code, i.code)
            > (:visit, cast(:department as text) collate "C", cast(:inspector as text) collate "C")
        order by v.number, a.department_code, i.code limit ${BATCH}`,
      { campaign: campaignId, department: after[0], inspector: after[1], visit: after[2] },
    );
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    after = [last.department, last.inspector, last.visit];
  }
}
