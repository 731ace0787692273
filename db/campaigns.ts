/** Campaigns, their plan and their stage. */
import type { Knex } from 'knex';
import type { Stage } from '../domain/campaigns';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { notFound } from '../domain/errors';
import type { LegalBasis } from '../domain/items/basis';
import type { PlanToCheck } from '../domain/plan-rules';
import type { IndustryRisk } from '../domain/policies/industry-risk';
import { beyondSight } from './acting';

export interface StratumRatio {
  /** `partName` (domain/policies/parts). */
  stratum: string;
  ratio_ppm: number;
  minimum: number;
}

export interface CampaignRow {
  id: number;
  code: string;
  name: string;
  lead_department: string;
  region_codes: string[];
  mode: 'joint' | 'per_item';
  stage: Stage;
  strata: StratumRatio[];
  /** Which tags make an industry risky, as they were when it was planned. */
  industries: IndustryRisk[];
  deadline_policy: DeadlinePolicy;
  /** By stratum. */
  yearly_cap: Record<string, number | null>;
  public_contributor: string | null;
  /** Whoever inspected an entity last stays away from it. */
  rotation: boolean;
  /** Each inspection is approved before it starts. */
  demands_approval: boolean;
  visit_from: string;
  visit_to: string;
  created_by: number;
  created_at: Date;
  submitted_by: number | null;
  approved_by: number | null;
  stage_reason: string | null;
  closed_at: Date | null;
}

export interface PlanRow {
  name: string;
  leadDepartment: string;
  regions: string[];
  mode: 'joint' | 'per_item';
  items: string[];
  teams: { department: string; size: number }[];
  strata: StratumRatio[];
  /** Which tags make an industry risky; none where left out. */
  industries?: readonly IndustryRisk[];
  deadlinePolicy: DeadlinePolicy;
  /** By stratum. */
  yearlyCap: Record<string, number | null>;
  /** The version of the city's policy when it was planned; null: none was in force. */
  policyVersion?: number | null;
  publicContributor: string | null;
  rotation: boolean;
  demandsApproval: boolean;
  visitFrom: string;
  visitTo: string;
}

const unknownCampaign = (code: string) => notFound('campaign-not-found', `没有编号为“${code}”的任务。`);

export async function readCampaign(db: Knex, code: string): Promise<CampaignRow> {
  const row = await db<CampaignRow>('campaigns').where({ code }).first();
  if (!row) throw unknownCampaign(code);
  return row;
}

/** Codes of the campaigns that wait for results. */
export async function campaignsUnderWay(db: Knex): Promise<string[]> {
  return db('campaigns')
    .whereIn('stage', ['dispatched', 'under_way'] satisfies Stage[])
    .orderBy('id')
    .pluck<string[]>('code');
}

/** What can be owed anew to a campaign after it was closed. */
const OWED_LATER = ['answer-objection', 'decide-correction', 'revise-correction'];

/** Closed campaigns to which somebody owes something again: a task, or what an approved correction leads to. */
export async function endedOwing(db: Knex): Promise<{ code: string; stage: Stage }[]> {
  const { rows } = await db.raw<{ rows: { code: string; stage: Stage }[] }>(
    `select c.code, c.stage from campaigns c
      where c.stage = 'closed' and c.id in (
        select campaign_id from tasks where kind = any (:kinds) and done_at is null and cancelled_at is null
        union all
        select campaign_id from handling_cases where started_at is null
        union all
        select v.campaign_id from corrections r join visits v on v.id = r.visit_id
         where r.status = 'approved' and r.annulled_at is null and r.consequences ->> 'annul' is not null)
      order by c.id`,
    { kinds: OWED_LATER },
  );
  return rows;
}

/** Commands and sweeps of one campaign take turns; whoever only refers to it (results, notices) does not wait for them. */
export async function lockCampaign(trx: Knex, code: string): Promise<CampaignRow> {
  // Held also for who changes nothing of the campaign itself, but of what is in it.
  const row = await beyondSight(trx, (all) =>
    all<CampaignRow>('campaigns').where({ code }).forNoKeyUpdate().first(),
  );
  if (!row) throw unknownCampaign(code);
  return row;
}

/** Stores a new draft; the code is year and a running number. */
export async function insertCampaign(
  trx: Knex,
  plan: PlanRow,
  createdBy: number,
  year: string,
): Promise<string> {
  const { rows } = await trx.raw<{
    rows: { number: number }[];
  }>(`select nextval('campaign_numbers') as number`);
  const code = `LC-${year}-${String(rows[0]?.number ?? 0).padStart(4, '0')}`;
  const [inserted] = await trx('campaigns')
    .insert({ code, created_by: createdBy, ...columnsOf(plan) })
    .returning<{ id: number }[]>('id');
  if (inserted) await insertParts(trx, inserted.id, plan);
  return code;
}

/** Replaces the plan of a draft or returned campaign. */
export async function updatePlan(trx: Knex, id: number, plan: PlanRow): Promise<void> {
  await trx('campaigns').where({ id }).update(columnsOf(plan));
  await trx('campaign_items').where({ campaign_id: id }).delete();
  await trx('campaign_departments').where({ campaign_id: id }).delete();
  await insertParts(trx, id, plan);
}

export async function moveStage(
  trx: Knex,
  id: number,
  stage: Stage,
  reason: string | null = null,
): Promise<void> {
  await trx('campaigns').where({ id }).update({ stage, stage_reason: reason });
}

function columnsOf(plan: PlanRow) {
  return {
    name: plan.name,
    lead_department: plan.leadDepartment,
    region_codes: plan.regions,
    mode: plan.mode,
    strata: JSON.stringify(plan.strata),
    industries: JSON.stringify(plan.industries ?? []),
    deadline_policy: JSON.stringify(plan.deadlinePolicy),
    yearly_cap: JSON.stringify(plan.yearlyCap),
    policy_version: plan.policyVersion ?? null,
    public_contributor: plan.publicContributor,
    rotation: plan.rotation,
    demands_approval: plan.demandsApproval,
    visit_from: plan.visitFrom,
    visit_to: plan.visitTo,
  };
}

async function insertParts(trx: Knex, id: number, plan: PlanRow): Promise<void> {
  await trx('campaign_items').insert(plan.items.map((item_code) => ({ campaign_id: id, item_code })));
  await trx('campaign_departments').insert(
    plan.teams.map(({ department, size }) => ({
      campaign_id: id,
      department_code: department,
      team_size: size,
    })),
  );
}

export interface PlannedItem {
  code: string;
  department: string;
  name: string;
  /** null: no version of it is published. */
  version_id: number | null;
  form_id: number | null;
  category: 'key' | 'general' | null;
  legal_bases: LegalBasis[];
  object_tags: string[];
  object_regions: string[];
  qualifications: string[];
  ratio_ppm: number | null;
  statutory_ratio_ppm: number | null;
  statutory_frequency: string;
}

/** The items as they are published now; items that don't exist are missing from the answer. */
export async function readPublishedItems(db: Knex, codes: readonly string[]): Promise<PlannedItem[]> {
  const { rows } = await db.raw<{ rows: PlannedItem[] }>(
    `select i.code, i.department_code as department, coalesce(v.name, i.code) as name, v.id as version_id,
            v.check_form_id as form_id, v.category, coalesce(v.legal_bases, '[]') as legal_bases,
            coalesce(v.object_tags, '{}') as object_tags, coalesce(v.object_regions, '{}') as object_regions,
            coalesce(v.qualifications, '{}') as qualifications, v.ratio_ppm, v.statutory_ratio_ppm,
            coalesce(v.statutory_frequency, '') as statutory_frequency
       from items i
       left join item_versions v on v.item_code = i.code and v.status = 'published'
      where i.code = any(?)
      order by i.code`,
    [[...codes]],
  );
  return rows;
}

export async function readItemCodes(db: Knex, campaignId: number): Promise<string[]> {
  const rows = await db('campaign_items')
    .where({ campaign_id: campaignId })
    .orderBy('item_code')
    .select<{ item_code: string }[]>('item_code');
  return rows.map((row) => row.item_code);
}

export async function readTeams(
  db: Knex,
  campaignId: number,
): Promise<{ department: string; size: number }[]> {
  return db('campaign_departments')
    .where({ campaign_id: campaignId })
    .orderBy('department_code')
    .select({ department: 'department_code', size: 'team_size' });
}

/** The plan as it stands, for its rules (domain/plan-rules.ts), and its items as they are published now. */
export async function readPlan(
  db: Knex,
  campaign: CampaignRow,
): Promise<{ plan: PlanToCheck; items: PlannedItem[]; teams: { department: string; size: number }[] }> {
  const codes = await readItemCodes(db, campaign.id);
  const teams = await readTeams(db, campaign.id);
  return {
    plan: {
      mode: campaign.mode,
      items: codes,
      visitTo: campaign.visit_to,
      contributors: teams.length + (campaign.public_contributor === null ? 0 : 1),
      launched: await readLaunched(db, {
        items: codes,
        regions: campaign.region_codes,
        visitFrom: campaign.visit_from,
        except: campaign.id,
      }),
    },
    items: await readPublishedItems(db, codes),
    teams,
  };
}

/** By item: codes of the campaigns of the same year, in this area or around it, that are past their drafts and draw for it. */
export async function readLaunched(
  db: Knex,
  {
    items,
    regions,
    visitFrom,
    except,
  }: { items: readonly string[]; regions: readonly string[]; visitFrom: string; except: number | null },
): Promise<Map<string, string[]>> {
  const { rows } = await db.raw<{ rows: { item: string; campaigns: string[] }[] }>(
    `select i.item_code as item, array_agg(c.code order by c.code) as campaigns
       from campaign_items i join campaigns c on c.id = i.campaign_id
      where i.item_code = any(:items) and c.id is distinct from :except
        and c.stage not in ('draft', 'returned', 'cancelled')
        and c.visit_from between :from and :to
        and exists (select from unnest(c.region_codes) theirs, unnest(cast(:regions as text[])) ours
                     where theirs like regexp_replace(ours, '(00)+$', '') || '%'
                        or ours like regexp_replace(theirs, '(00)+$', '') || '%')
      group by i.item_code`,
    {
      items: [...items],
      regions: [...regions],
      except,
      from: `${visitFrom.slice(0, 4)}-01-01`,
      to: `${visitFrom.slice(0, 4)}-12-31`,
    },
  );
  return new Map(rows.map(({ item, campaigns }) => [item, campaigns]));
}

/** Campaigns keep the versions they froze. */
export async function pinVersions(
  trx: Knex,
  campaignId: number,
  items: readonly PlannedItem[],
): Promise<void> {
  for (const item of items) {
    await trx('campaign_items')
      .where({ campaign_id: campaignId, item_code: item.code })
      .update({ item_version_id: item.version_id, check_form_id: item.form_id });
  }
}
