/** Saves of tag rules that a worker carries out: ordered, on their way, ended. */
import type { Knex } from 'knex';
import type { TagRule } from '../domain/registry/tags';

export interface TagRuleSave extends TagRule {
  id: number;
  reason: string;
  basedOn: number | null;
  orderedBy: number;
  by: string;
  orderedAt: Date;
  address: string | null;
  requestId: string | null;
  status: 'waiting' | 'running' | 'done' | 'failed';
  /** In a hundred. */
  progress: number;
  /** These three are null until it is done. */
  version: number | null;
  gained: number | null;
  lost: number | null;
  failure: string | null;
}

export interface NewTagRuleSave {
  rule: TagRule;
  reason: string;
  basedOn: number | null;
  orderedBy: number;
  address: string | null;
  requestId: string | null;
}

const OPEN = ['waiting', 'running'];

const saves = (db: Knex) =>
  db('tag_rule_saves as s')
    .join('users as u', 'u.id', 's.ordered_by')
    .leftJoin('tag_rule_versions as v', 'v.id', 's.version_id')
    .select<TagRuleSave[]>({
      ...{ id: 's.id', tag: 's.tag', label: 's.label', anyOf: 's.any_of', noneOf: 's.none_of' },
      ...{ notWith: 's.not_with', active: 's.active', reason: 's.reason', basedOn: 's.based_on' },
      ...{ orderedBy: 's.ordered_by', by: 'u.name', orderedAt: 's.ordered_at', address: 's.address' },
      ...{ requestId: 's.request_id', status: 's.status', progress: 's.progress', version: 's.version_id' },
      ...{
        gained: 'v.gained',
        lost: 'v.lost',
        failure: 's.failure',
      },
    });

/** Null where another one has not ended. */
export async function insertTagRuleSave(db: Knex, save: NewTagRuleSave): Promise<number | null> {
  const { tag, label, anyOf, noneOf, notWith, active } = save.rule;
  const [row] = await db('tag_rule_saves')
    .insert({
      ...{ tag, label, any_of: [...anyOf], none_of: [...noneOf], not_with: [...notWith], active },
      ...{ reason: save.reason, based_on: save.basedOn, ordered_by: save.orderedBy },
      ...{ address: save.address, request_id: save.requestId },
    })
    .onConflict(db.raw(`((true)) where status in ('waiting', 'running')`))
    .ignore()
    .returning<{ id: number }[]>('id');
  return row?.id ?? null;
}

export async function readTagRuleSave(db: Knex, id: number): Promise<TagRuleSave | null> {
  const [row] = await saves(db).where('s.id', id);
  return row ?? null;
}

export async function newestTagRuleSave(db: Knex): Promise<TagRuleSave | null> {
  const [row] = await saves(db).orderBy('s.id', 'desc').limit(1);
  return row ?? null;
}

/** The one that has not ended. One that is running was left by a worker that died. */
export async function openTagRuleSave(db: Knex): Promise<TagRuleSave | null> {
  const [row] = await saves(db).whereIn('s.status', OPEN);
  return row ?? null;
}

export async function updateSaveProgress(db: Knex, id: number, progress: number): Promise<void> {
  await db('tag_rule_saves').where({ id }).whereIn('status', OPEN).update({ status: 'running', progress });
}

export async function finishTagRuleSave(trx: Knex, id: number, version: number): Promise<void> {
  await trx('tag_rule_saves')
    .where({ id })
    .update({
      ...{ status: 'done', progress: 100, version_id: version },
      finished_at: trx.raw('clock_timestamp()'),
    });
}

export async function failTagRuleSave(db: Knex, id: number, failure: string): Promise<void> {
  await db('tag_rule_saves')
    .where({ id })
    .whereIn('status', OPEN)
    .update({ status: 'failed', failure, finished_at: db.raw('clock_timestamp()') });
}
