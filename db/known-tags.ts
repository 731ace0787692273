import type { Knex } from 'knex';
import { DEFAULT_TAG_RULES } from '../domain/registry/tag-rules';
import { readTagRules } from './tag-rules';

/** Tags that entities have or had, or that a rule gives. */
export async function readKnownTags(trx: Knex): Promise<Set<string>> {
  const { rows } = await trx.raw<{ rows: { tag: string }[] }>(
    `select distinct unnest(tags) as tag from entity_kinds`,
  );
  const rules = await readTagRules(trx, DEFAULT_TAG_RULES);
  return new Set([...rows, ...rules].map(({ tag }) => tag));
}
