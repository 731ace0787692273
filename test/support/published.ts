/** Results before the public, as a campaign publishes them. */
import type { Knex } from 'knex';
import { publishResults } from '../../db/publication';

/** Of one visit each to entities of the town from `first` on, with two items; the first name would be a formula. */
export async function publish(
  db: Knex,
  campaign: string,
  { first = 0, count }: { first?: number; count: number },
  at = new Date('2026-06-01T01:00:00Z'),
): Promise<void> {
  const { id } = await db('campaigns').where({ code: campaign }).first<{ id: number }>('id');
  const entities = await db('entities')
    .orderBy('id')
    .offset(first)
    .limit(count)
    .select<{ id: number; credit_code: string; name: string }[]>('id', 'credit_code', 'name');
  await db.transaction(async (trx) => {
    const visits = await trx('visits')
      .insert(
        entities.map((entity, n) => ({
          ...{ campaign_id: id, number: first + n + 1, entity_id: entity.id, ticket: 't' },
          ...{ visit_on: '2026-05-20', finished_at: at },
        })),
      )
      .returning<{ id: number; number: number }[]>(['id', 'number']);
    const results = visits.flatMap((visit, n) =>
      ['SCJG-001', 'WJW-001'].map((item, i) => ({
        ...{ visit_id: visit.id, item_code: item, visit_number: visit.number },
        entity_name: n === 0 ? '=1+1商行' : (entities[n]?.name ?? ''),
        credit_code: entities[n]?.credit_code ?? '',
        ...{ item_name: `事项${item}`, department_name: '市场监管局' },
        ...{ result_code: i === 0 ? 1 : 5, method: null, visit_on: '2026-05-20' },
      })),
    );
    await publishResults(trx, id, results, at);
  });
}
