import type { Knex } from 'knex';
import { listVisits, type VisitRow } from '../../db/visit-views';
import { notFound } from '../../domain/errors';
import type { Actor } from '../../domain/roles';
import { sightOf } from './sight';

/** The visit, where the person may see it. */
export async function seenVisit(db: Knex, id: number, actor: Actor): Promise<VisitRow> {
  const [row] = await listVisits(db, { id, state: 'all', limit: 1, ...sightOf(actor, false) });
  if (!row) throw noVisit(id);
  return row;
}

export const noVisit = (id: number) =>
  notFound('visit-not-found', `没有编号为 ${id} 的检查任务，或它不归您查看。`);
