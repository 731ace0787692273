/** The city's rules of tags, each with its versions. */
import type { Knex } from 'knex';
import type { TagRule } from '../domain/registry/tags';

const RULE = {
  tag: 'tag',
  label: 'label',
  anyOf: 'any_of',
  noneOf: 'none_of',
  notWith: 'not_with',
  active: 'active',
};

/** An installation without any starts with the given ones. */
export async function readTagRules(db: Knex, defaults: readonly TagRule[]): Promise<TagRule[]> {
  const read = () => db('tag_rules').orderBy('tag').select<TagRule[]>(RULE);
  const rules = await read();
  if (rules.length > 0) return rules;
  await insertTagRules(db, defaults);
  return read();
}

export async function insertTagRules(db: Knex, rules: readonly TagRule[]): Promise<void> {
  await db.raw(
    `with added as (
       insert into tag_rules (tag, label, any_of, none_of, not_with)
       select tag, label, "anyOf", "noneOf", "notWith"
         from jsonb_to_recordset(cast(:rules as jsonb))
           as r(tag text, label text, "anyOf" text[], "noneOf" text[], "notWith" text[])
       on conflict (tag) do nothing
       returning *
     )
     insert into tag_rule_versions (tag, label, any_of, none_of, not_with, reason)
     select tag, label, any_of, none_of, not_with, '' from added order by tag`,
    { rules: JSON.stringify(rules) },
  );
}

export interface TagRuleVersion extends TagRule {
  version: number;
  changedBy: number | null;
  by: string | null;
  at: Date;
  reason: string;
  gained: number;
  lost: number;
}

const versions = (db: Knex) =>
  db('tag_rule_versions as v').leftJoin('users as u', 'u.id', 'v.changed_by').select<TagRuleVersion[]>({
    tag: 'v.tag',
    label: 'v.label',
    anyOf: 'v.any_of',
    noneOf: 'v.none_of',
    notWith: 'v.not_with',
    active: 'v.active',
    version: 'v.id',
    changedBy: 'v.changed_by',
    by: 'u.name',
    at: 'v.changed_at',
    reason: 'v.reason',
    gained: 'v.gained',
    lost: 'v.lost',
  });

/** Every rule as it is now. */
export async function listTagRules(db: Knex): Promise<TagRuleVersion[]> {
  return versions(db).whereIn('v.id', db('tag_rule_versions').groupBy('tag').max('id')).orderBy('v.tag');
}

/** The newest first. */
export async function listTagRuleVersions(db: Knex, tag: string): Promise<TagRuleVersion[]> {
  return versions(db).where('v.tag', tag).orderBy('v.id', 'desc');
}

/** The rule as it is from now on; returns the number of its version. */
export async function insertTagRuleVersion(
  trx: Knex,
  rule: TagRule,
  { changedBy, reason }: { changedBy: number; reason: string },
): Promise<number> {
  const { tag, label, anyOf, noneOf, notWith, active } = rule;
  const row = { tag, label, any_of: anyOf, none_of: noneOf, not_with: notWith, active };
  await trx('tag_rules').insert(row).onConflict('tag').merge();
  const [version] = await trx('tag_rule_versions')
    .insert({ ...row, changed_by: changedBy, reason })
    .returning<{ id: number }[]>('id');
  if (!version) throw new Error('the version was not recorded');
  return version.id;
}
