import type { Knex } from 'knex';
import { actingAs } from '../db/acting';
import { dayOf } from '../domain/deadlines/working-days';
import type { Actor } from '../domain/roles';
import { beyondFor } from './beyond-sight';
import type { ApiContext } from './context';
import type { Endpoint } from './contract/endpoint';

/** Nobody: what public endpoints get where no one is signed in. */
export const VISITOR: Actor = { id: 0, username: '', name: '', grants: [] };

/** The database as the endpoint reaches it: past the person's own rows only where that is declared. */
export function reachFor({ id }: Endpoint, actor: Actor, { db, now }: ApiContext): Knex {
  return actingAs(db, {
    userId: actor.id === VISITOR.id ? null : actor.id,
    day: dayOf(now()),
    ...beyondFor(id),
  });
}
