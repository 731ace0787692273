import type { Actor } from '../domain/roles';

/** A county's office sees its county, the city all its counties. */
export const areasOf = (actor: Actor): string[] => [...new Set(actor.grants.map((grant) => grant.region))];
