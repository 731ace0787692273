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
 * Two visits change hands, more are drawn, somebody is out for good (but for a visit whose results are in), more are
 * drawn again, and one of the new visits changes hands; then two more are out, until nobody is left for some.
 */
export async function amendDraw({ db, code, mode, amend }: Drawn): Promise<void> {
  const visitsOf = (inspector: string) => openVisits(db, code, inspector);
  const replace = async (inspector: string, visits: number[] | null) =>
    amend({ kind: 'replacement', inspector, visits });

  await replace('SCJG-0005', (await visitsOf('SCJG-0005')).slice(0, 2));
  await amend({ kind: 'supplement', strata: wishesOf(mode, 'C', 300_000) });
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
  (mode === 'joint' ? ['*'] : ['SCJG-002', 'WJW-001', 'XFJ-001']).map((item) => ({
    item,
    stratum,
    ratio_ppm,
    minimum: 2,
  }));

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
