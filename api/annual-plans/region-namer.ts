import type { Knex } from 'knex';
import { listRegions } from '../../db/organisation';

/** Regions by code, as lists show them. */
export async function regionNamer(db: Knex): Promise<(code: string) => { code: string; name: string }> {
  const names = new Map((await listRegions(db)).map((region) => [region.code, region.name]));
  return (code) => ({ code, name: names.get(code) ?? code });
}
