import type { Knex } from 'knex';
import type { Config } from '../config';
import { isEmpty, seedCity, type SeedOptions } from '../seed-city';

export type SeedLogin = Awaited<ReturnType<typeof seedCity>>['logins'][number];

/** Fills an empty database with the invented city where ONEVISIT_SEED says so; null when nothing was written. */
export async function offerSeed(
  db: Knex,
  config: Config,
  { print, ask, seed }: { print: (text: string) => void; ask?: () => Promise<boolean>; seed?: SeedOptions },
): Promise<SeedLogin[] | null> {
  if (!(await isEmpty(db)) || !(seed ?? (await isWanted(config, ask)))) return null;
  print('空数据库：写入虚构的示例城市 empty database: writing the invented city …');
  const { logins, counts } = await seedCity(db, seed);
  const summary = Object.entries(counts).map(([what, count]) => `${what} ${String(count)}`);
  print(`示例城市 ✓ ${summary.join('，')}`);
  return logins;
}

async function isWanted(config: Config, ask?: () => Promise<boolean>): Promise<boolean> {
  switch (config.seed) {
    case 'yes':
      return true;
    case 'no':
      return false;
    case 'auto':
      return config.databaseUrl === null;
    case 'ask':
      return (await ask?.()) ?? false;
  }
}
