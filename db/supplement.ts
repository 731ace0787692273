/** What a supplementary draw adds to the visits of a campaign (draw protocol, section 3). */
import type { Knex } from 'knex';

export interface AddedVisit {
  visit: number;
  code: string;
  items: string[];
}

/** New visits and visits with further items: whose entity was drawn beyond what stood before. */
export async function readAddedVisits(
  db: Knex,
  campaignId: number,
  ceremonyId: number,
  standing: readonly { item: string; stratum: string; sample: number }[],
): Promise<AddedVisit[]> {
  const { rows } = await db.raw<{ rows: AddedVisit[] }>(
    `with before as (
       select * from jsonb_to_recordset(cast(:standing as jsonb)) as s(item text, stratum text, sample int)
     )
     select v.number as visit, e.credit_code as code,
            array(select vi.item_code from visit_items vi where vi.visit_id = v.id order by vi.item_code) as items
       from (select distinct d.credit_code
               from drawn d join before b on b.item = d.item and b.stratum = d.stratum
              where d.ceremony_id = :ceremony and d.rank > b.sample) d
       join entities e on e.credit_code = d.credit_code
       join visits v on v.campaign_id = :campaign and v.entity_id = e.id
      order by v.number`,
    { campaign: campaignId, ceremony: ceremonyId, standing: JSON.stringify(standing) },
  );
  return rows;
}

export async function hasPublishedVisits(db: Knex, campaignId: number): Promise<boolean> {
  const row: unknown = await db('visits')
    .where({ campaign_id: campaignId })
    .whereNotNull('published_at')
    .first('id');
  return row !== undefined;
}

/** A visit that got further items is not finished any more, and its results are owed again. */
export async function reopenVisits(trx: Knex, campaignId: number, visits: readonly number[]): Promise<void> {
  await trx('visits')
    .where({ campaign_id: campaignId })
    .whereRaw('number = any (?)', [[...visits]])
    .whereNull('published_at')
    .update({ finished_at: null });
}
