/** What workflows have to be running for, as the database has it. */
import type { Knex } from 'knex';
import type { Stage } from '../domain/campaigns';
import type { ImportKind } from './imports';

interface CampaignUnderWay {
  code: string;
  stage: Stage;
}

export interface UnderWay {
  campaigns: CampaignUnderWay[];
  /** Closed campaigns whose violations are still handled, or to which somebody owes something. */
  owing: CampaignUnderWay[];
  cases: number[];
  plans: { year: number; stage: string }[];
  bulletins: { workflow_id: string; number: string; stage: string }[];
  /** Kinds of which files wait to be imported. */
  imports: ImportKind[];
  tagRuleSaves: number;
}

const NOT_BEGUN_OR_ENDED: Stage[] = ['draft', 'returned', 'closed', 'cancelled'];
const ORDERED = ['waiting', 'running'];

export async function readUnderWay(db: Knex): Promise<UnderWay> {
  const { rows: owing } = await db.raw<{ rows: CampaignUnderWay[] }>(`
    select code, stage from campaigns c
     where stage = 'closed'
       and (exists (select from handling_cases h where h.campaign_id = c.id and h.status <> 'closed')
            or exists (select from tasks t
                        where t.campaign_id = c.id and t.done_at is null and t.cancelled_at is null))
     order by id`);
  const saves = await db('tag_rule_saves').whereIn('status', ORDERED).pluck<number[]>('id');
  return {
    campaigns: await db('campaigns')
      .whereNotIn('stage', NOT_BEGUN_OR_ENDED)
      .orderBy('id')
      .select<CampaignUnderWay[]>('code', 'stage'),
    owing,
    cases: await db('handling_cases').whereNot({ status: 'closed' }).orderBy('id').pluck<number[]>('id'),
    plans: await db('annual_plans')
      .where('version', '>', 0)
      .orderBy('year')
      .select<UnderWay['plans']>('year', 'stage'),
    bulletins: await db('bulletins')
      .whereNot({ stage: 'withdrawn' })
      .orderBy('number')
      .select<UnderWay['bulletins']>('workflow_id', 'number', 'stage'),
    imports: await db('imports').whereIn('status', ORDERED).distinct().pluck<ImportKind[]>('kind'),
    tagRuleSaves: saves.length,
  };
}
