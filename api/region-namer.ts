import type { Knex } from 'knex';
import { listRegions } from '../db/organisation';

export type RegionNamer = (code: string) => { code: string; name: string };

/** Regions by code, as lists show them. */
export async function regionNamer(db: Knex): Promise<RegionNamer> {
  const names = new Map((await listRegions(db)).map((region) => [region.code, region.name]));
  return (code) => ({ code, name: names.get(code) ?? code });
}
