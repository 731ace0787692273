import type { Knex } from 'knex';
import type { z } from 'zod';
import { readDepartmentTags } from '../../db/department-tags';
import type { EntityPage } from '../../db/registries';
import { dayOf, endOf } from '../../domain/deadlines/working-days';
import { invalid } from '../../domain/errors';
import { nameKey } from '../../domain/registry/search-text';
import type { Actor } from '../../domain/roles';
import { areasOf } from '../areas-of';
import type { entityFilter } from '../schemas/registries';

/** What a caller asks for, inside what they may see. */
export async function entityFilterOf(
  db: Knex,
  { on, department, q = '', ...asked }: z.output<typeof entityFilter>,
  actor: Actor,
  now: Date,
): Promise<Omit<EntityPage, 'after' | 'limit'>> {
  const text = q.trim();
  if ([...nameKey(text)].length === 1) {
    throw invalid('query-too-short', '请至少输入名称中的两个字，或信用代码的前两位。', [
      { field: 'query.q', message: '至少两个字' },
    ]);
  }
  // Today is not over: the registry as it stands.
  const until = on === undefined || on >= dayOf(now) ? undefined : endOf(on);
  const tags =
    department === undefined ? undefined : (await readDepartmentTags(db, until ?? now)).get(department);
  return {
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    areas: areasOf(actor),
    ...(text === '' ? {} : { q: text }),
    ...(until ? { until } : {}),
    ...(department === undefined
      ? {}
      : { department: { code: department, tags: tags === undefined ? [] : tags } }),
  };
}
