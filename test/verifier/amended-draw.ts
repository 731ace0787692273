/** What happens after the draws of the tests: every kind of change, one upon the other. */
import type { Knex } from 'knex';
import { readCampaign } from '../../db/campaigns';
import type { Amendment, StratumWish } from '../../domain/amendments';
import { handInResults } from '../support/drive-campaign';
import type { Mode } from './drawn-bundles';

interface Drawn {
  db: Knex;
  code: string;
  mode: Mode;
  amend: (amendment: Amendment) => Promise<void>;
}

/**
 * A visit changes hands, and again, more are drawn, somebody is out for good (but for a visit whose results are in), more are
 * drawn again, and one of the new visits changes hands; then two more are out, until nobody is left for some.
 */
export async function amendDraw({ db, code, mode, amend }: Drawn): Promise<void> {
  const visitsOf = (inspector: string) => openVisits(db, code, inspector);
  const replace = async (inspector: string, visits: number[] | null) =>
    amend({ kind: 'replacement', inspector, visits });

  const leaving = await besideTheExcluded(db, code);
  await replace(leaving.inspector, [leaving.visit]);
  await replace(await marketMember(db, code, leaving.visit), [leaving.visit]);
  await amend({
    kind: 'supplement',
    strata: [
      ...wishesOf(mode, 'C', 300_000),
      // Whoever of the market office lacks what the second item asks for has to give up every standing visit.
      ...(mode === 'joint' ? [] : ['A', 'B'].map((stratum) => wish('SCJG-002', stratum, 300_000))),
    ],
  });
  const [finished] = await visitsOf('SCJG-0003');
  await handInResults(db, code, new Date(), ({ visit }) => (visit === finished ? 1 : null));
  await replace('SCJG-0003', null);
  await amend({
    kind: 'supplement',
    strata: [...wishesOf(mode, 'D', 600_000), ...wishesOf(mode, 'C', 400_000)],
  });
  await replace('SCJG-0007', (await visitsOf('SCJG-0007')).slice(-1));
  await replace('WJW-0004', null);
  await replace('XFJ-0002', null);
}

/** In mode per_item the items that asked for less catch up, so that standing visits get further items. */
const wishesOf = (mode: Mode, stratum: string, ratio_ppm: number): StratumWish[] =>
  (mode === 'joint' ? ['*'] : ['SCJG-002', 'WJW-001', 'XFJ-001']).map((item) =>
    wish(item, stratum, ratio_ppm),
  );

const wish = (item: string, stratum: string, ratio_ppm: number): StratumWish => ({
  item,
  stratum,
  ratio_ppm,
  minimum: 2,
});

/** A visit of the market office that one of its inspectors is excluded from, and who goes there. */
async function besideTheExcluded(db: Knex, code: string): Promise<{ visit: number; inspector: string }> {
  const { id } = await readCampaign(db, code);
  const { rows } = await db.raw<{ rows: { visit: number; inspector: string }[] }>(
    `select v.number as visit, i.code as inspector
       from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
      where v.campaign_id = ? and a.department_code = 'SCJG' and i.code not in ('SCJG-0003', 'SCJG-0007')
        and exists (select 1 from exclusions x where x.entity_id = v.entity_id)
      order by v.number, i.code limit 1`,
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error('nobody goes where somebody is excluded');
  return row;
}

/** Somebody of the market office who goes to a visit now; those whom later changes are about come last. */
async function marketMember(db: Knex, code: string, visit: number): Promise<string> {
  const { id } = await readCampaign(db, code);
  const [member] = await db('assignments as a')
    .join('visits as v', 'v.id', 'a.visit_id')
    .join('inspectors as i', 'i.id', 'a.inspector_id')
    .where({ 'v.campaign_id': id, 'v.number': visit, 'a.department_code': 'SCJG' })
    .orderByRaw(`i.code in ('SCJG-0003', 'SCJG-0007'), i.code`)
    .limit(1)
    .pluck<string[]>('i.code');
  if (member === undefined) throw new Error(`nobody goes to visit ${visit}`);
  return member;
}

/** Where an inspector goes and results are still owed. */
async function openVisits(db: Knex, code: string, inspector: string): Promise<number[]> {
  const { id } = await readCampaign(db, code);
  const { rows } = await db.raw<{ rows: { number: number }[] }>(
    `select v.number from assignments a join visits v on v.id = a.visit_id join inspectors i on i.id = a.inspector_id
      where v.campaign_id = ? and i.code = ? and exists (
        select 1 from visit_items vi where vi.visit_id = v.id and vi.department_code = a.department_code
           and vi.result_code is null)
      order by v.number`,
    [id, inspector],
  );
  return rows.map((row) => row.number);
}
