/** Bulletins: their frozen figures, the office's texts, the editions that were made public. */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { canonical, type Snapshot } from '../domain/bulletins/snapshot';
import type { BulletinCommand, BulletinStage } from '../domain/bulletins/stages';
import type { BulletinTexts, GivenReason } from '../domain/bulletins/texts';
import { endOf, instantOf } from '../domain/deadlines/working-days';
import { notFound } from '../domain/errors';
import type { Figures, Period } from '../domain/oversight/figures';
import { daysIn, type BulletinKind } from '../domain/oversight/periods';
import { prefixOf } from '../domain/regions/covers';
import { readFigures } from './figures';
import { readNames } from './organisation';

export interface BulletinRow {
  id: number;
  number: string;
  kind: BulletinKind;
  from_day: string;
  to_day: string;
  region_code: string;
  workflow_id: string;
  stage: BulletinStage;
  title: string;
  texts: BulletinTexts;
  version: number;
  stage_reason: string | null;
  correction: string | null;
  created_by: number | null;
  created_at: Date;
  submitted_by: number | null;
  stage_at: Date;
}

const noBulletin = (number: string) => notFound('bulletin-not-found', `没有编号为“${number}”的通报。`);

export async function readBulletin(db: Knex, number: string): Promise<BulletinRow> {
  const row = await db<BulletinRow>('bulletins').where({ number }).first();
  if (!row) throw noBulletin(number);
  return row;
}

export async function lockBulletin(trx: Knex, number: string): Promise<BulletinRow> {
  const row = await trx<BulletinRow>('bulletins').where({ number }).forNoKeyUpdate().first();
  if (!row) throw noBulletin(number);
  return row;
}

/** The bulletin that this workflow made, or the one of its period that another made. */
export async function findBulletin(
  trx: Knex,
  plan: { workflowId: string; kind: BulletinKind; from: string; region: string },
): Promise<BulletinRow | null> {
  const query = trx<BulletinRow>('bulletins').where({ workflow_id: plan.workflowId });
  if (plan.kind !== 'special')
    void query.orWhere({ kind: plan.kind, from_day: plan.from, region_code: plan.region });
  return (await query.first()) ?? null;
}

export async function insertBulletin(
  trx: Knex,
  bulletin: {
    year: string;
    kind: BulletinKind;
    period: Period;
    region: string;
    workflowId: string;
    title: string;
    texts: BulletinTexts;
    createdBy: number | null;
    now: Date;
  },
): Promise<BulletinRow> {
  const { rows } = await trx.raw<{ rows: [{ last: number }] }>(
    `insert into bulletin_years as y (year, last) values (cast(? as int), 1)
     on conflict (year) do update set last = y.last + 1 returning last`,
    [bulletin.year],
  );
  const [row] = (await trx('bulletins')
    .insert({
      number: `TB-${bulletin.year}-${String(rows[0].last).padStart(4, '0')}`,
      kind: bulletin.kind,
      from_day: bulletin.period.from,
      to_day: bulletin.period.to,
      region_code: bulletin.region,
      workflow_id: bulletin.workflowId,
      title: bulletin.title,
      texts: JSON.stringify(bulletin.texts),
      created_by: bulletin.createdBy,
      created_at: bulletin.now,
      stage_at: bulletin.now,
    })
    .returning('*')) as [BulletinRow];
  return row;
}

/** False where somebody has saved since. */
export async function saveTexts(
  trx: Knex,
  id: number,
  { title, texts, version }: { title: string; texts: BulletinTexts; version: number },
): Promise<boolean> {
  const changed = await trx('bulletins')
    .where({ id, version })
    .update({ title, texts: JSON.stringify(texts), version: version + 1 });
  return changed > 0;
}

export async function moveBulletin(
  trx: Knex,
  id: number,
  change: Partial<Pick<BulletinRow, 'stage' | 'stage_reason' | 'correction' | 'submitted_by' | 'stage_at'>>,
): Promise<void> {
  await trx('bulletins').where({ id }).update(change);
}

export interface BulletinStep {
  key: string;
  stage: BulletinStage;
  action: BulletinCommand | 'draft' | 'edit';
  reason: string;
  actorId: number | null;
  at: Date;
}

export async function recordBulletinStep(trx: Knex, id: number, step: BulletinStep): Promise<void> {
  const { key, stage, action, reason, actorId, at } = step;
  await trx('bulletin_steps').insert({ bulletin_id: id, key, stage, action, reason, actor_id: actorId, at });
}

/** The stage that a command of this key led to before, or null. */
export async function readBulletinStep(trx: Knex, id: number, key: string): Promise<BulletinStage | null> {
  const row = await trx('bulletin_steps')
    .where({ bulletin_id: id, key })
    .first<{ stage: BulletinStage } | undefined>('stage');
  return row?.stage ?? null;
}

export async function listBulletinSteps(
  db: Knex,
  id: number,
): Promise<(Pick<BulletinStep, 'action' | 'reason' | 'at'> & { actor: string | null })[]> {
  return db('bulletin_steps as s')
    .leftJoin('users as u', 'u.id', 's.actor_id')
    .where({ bulletin_id: id })
    .orderBy('s.at')
    .select('s.action', 's.reason', 's.at', { actor: 'u.name' });
}

/** The figures of a period as of an instant, with the names of today. */
export async function takeSnapshot(
  db: Knex,
  { period, region, asOf }: { period: Period; region: string; asOf: Date },
): Promise<Snapshot> {
  return {
    format: 'onevisit-bulletin/1',
    figures: await figuresAsOf(db, { period, region, asOf }),
    names: await readNames(db),
  };
}

const WEEKLY_UP_TO = 92;

export const figuresAsOf = (
  db: Knex,
  { period, region, asOf }: { period: Period; region: string; asOf: Date },
): Promise<Figures> =>
  readFigures(db, {
    ...{ period, region, asOf, areas: [region], department: null, campaign: null },
    trendBy: daysIn(period) > WEEKLY_UP_TO ? 'month' : 'week',
  });

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

export async function storeFreeze(
  trx: Knex,
  bulletinId: number,
  { snapshot, madeBy, reason }: { snapshot: Snapshot; madeBy: number | null; reason: string },
): Promise<void> {
  const text = canonical(snapshot);
  await trx.raw(
    `insert into bulletin_freezes (bulletin_id, number, snapshot, sha256, as_of, made_by, reason)
     select :id, 1 + coalesce(max(number), 0), :text, :sha256, :asOf, :madeBy, :reason
       from bulletin_freezes where bulletin_id = :id`,
    { id: bulletinId, text, sha256: sha256Of(text), asOf: snapshot.figures.asOf, madeBy, reason },
  );
}

export interface FreezeRow {
  number: number;
  snapshot: string;
  sha256: string;
  as_of: Date;
  made_by: string | null;
  reason: string;
}

/** The newest first. */
export async function listFreezes(db: Knex, bulletinId: number): Promise<FreezeRow[]> {
  return db('bulletin_freezes as f')
    .leftJoin('users as u', 'u.id', 'f.made_by')
    .where({ bulletin_id: bulletinId })
    .orderBy('f.number', 'desc')
    .select('f.number', 'f.snapshot', 'f.sha256', 'f.as_of', { made_by: 'u.name' }, 'f.reason');
}

export interface EditionRow {
  edition: number;
  freeze_number: number;
  title: string;
  texts: BulletinTexts;
  submitted_by: string;
  approved_by: string;
  published_at: Date;
  correction: string | null;
  withdrawn_at: Date | null;
  withdrawal_reason: string | null;
}

/** The newest first. */
export async function listEditions(db: Knex, bulletinId: number): Promise<EditionRow[]> {
  return db('bulletin_editions as e')
    .join('users as s', 's.id', 'e.submitted_by')
    .join('users as a', 'a.id', 'e.approved_by')
    .where({ bulletin_id: bulletinId })
    .orderBy('e.edition', 'desc')
    .select(
      'e.edition',
      'e.freeze_number',
      'e.title',
      'e.texts',
      { submitted_by: 's.name', approved_by: 'a.name' },
      'e.published_at',
      'e.correction',
      'e.withdrawn_at',
      'e.withdrawal_reason',
    );
}

export async function publishEdition(
  trx: Knex,
  bulletin: BulletinRow,
  { approvedBy, at }: { approvedBy: number; at: Date },
): Promise<number> {
  const { rows } = await trx.raw<{ rows: [{ edition: number }] }>(
    `insert into bulletin_editions (bulletin_id, edition, freeze_number, title, texts, submitted_by, approved_by,
                                    published_at, correction)
     select b.id, 1 + (select coalesce(max(edition), 0) from bulletin_editions where bulletin_id = b.id),
            (select max(number) from bulletin_freezes where bulletin_id = b.id), b.title, b.texts, b.submitted_by,
            :approvedBy, :at, b.correction
       from bulletins b where b.id = :id returning edition`,
    { id: bulletin.id, approvedBy, at },
  );
  return rows[0].edition;
}

export async function withdrawEditions(
  trx: Knex,
  bulletinId: number,
  { by, reason, at }: { by: number; reason: string; at: Date },
): Promise<void> {
  await trx('bulletin_editions')
    .where({ bulletin_id: bulletinId })
    .whereNull('withdrawn_at')
    .update({ withdrawn_at: at, withdrawn_by: by, withdrawal_reason: reason });
}

export interface BulletinListRow {
  id: number;
  number: string;
  kind: BulletinKind;
  from_day: string;
  to_day: string;
  region_code: string;
  stage: BulletinStage;
  title: string;
  created_at: Date;
  published_at: Date | null;
}

export interface BulletinFilter {
  kind?: BulletinKind;
  stage?: BulletinStage;
  year?: number;
  /** Drafts of these areas only; what is public is seen by everybody. */
  areas?: readonly string[];
  /** Only what is public now. */
  isPublic?: boolean;
  beforeId?: number;
  limit: number;
}

/** Newest first. */
export async function listBulletins(db: Knex, filter: BulletinFilter): Promise<BulletinListRow[]> {
  const { rows } = await db.raw<{ rows: BulletinListRow[] }>(
    `select b.id, b.number, b.kind, b.from_day, b.to_day, b.region_code, b.stage,
            case when :public then e.title else b.title end as title, b.created_at, e.published_at
       from bulletins b
       left join lateral (
         select title, published_at, withdrawn_at from bulletin_editions
          where bulletin_id = b.id order by edition desc limit 1) e on true
      where (cast(:kind as text) is null or b.kind = :kind)
        and (cast(:stage as text) is null or b.stage = :stage)
        and (cast(:year as int) is null or extract(year from b.to_day) = :year)
        and (not :public or e.published_at is not null)
        and (cast(:areas as text[]) is null or e.published_at is not null
             or exists (select 1 from unnest(cast(:areas as text[])) a where starts_with(b.region_code, a)))
        and (cast(:before as bigint) is null or b.id < :before)
      order by b.id desc limit :limit`,
    {
      kind: filter.kind ?? null,
      stage: filter.stage ?? null,
      year: filter.year ?? null,
      areas: filter.areas ? [...filter.areas] : null,
      public: filter.isPublic ?? false,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

/** What departments answered to the urging orders of a period. */
export async function readGivenReasons(
  db: Knex,
  { period, region }: { period: Period; region: string },
): Promise<GivenReason[]> {
  const { rows } = await db.raw<{ rows: GivenReason[] }>(
    `select u.number, d.short_name as department, r.answer
       from urging_orders u
       join departments d on d.code = u.department_code
       left join campaigns c on c.id = u.campaign_id
       join lateral (select answer from urging_order_rounds
                      where order_id = u.id and answer is not null order by round desc limit 1) r on true
      where u.issued_at >= :from and u.issued_at < :until and u.status <> 'withdrawn'
        and starts_with(coalesce(area_around(c.region_codes), d.region_code), :area)
      order by u.id limit 100`,
    {
      from: instantOf(period.from, '00:00'),
      until: endOf(period.to),
      area: prefixOf(region),
    },
  );
  return rows;
}

/** The area of the supervision office in charge of most: that of bulletins by the schedule. */
export async function supervisedRegion(db: Knex): Promise<string> {
  const rows = await db('departments').where({ kind: 'supervision' }).pluck<string[]>('region_code');
  const [widest] = rows.sort((a, b) => prefixOf(a).length - prefixOf(b).length);
  if (widest === undefined) throw notFound('no-supervision', '没有督查机构，不能编发通报。');
  return widest;
}
