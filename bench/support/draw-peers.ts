/** Those who draw without freezing, from the same table to a file of the same form. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Knex } from 'knex';
import { sampleSize } from '../../domain/draw/sample-size';
import type { Contender } from './bench';
import { RATIO_PPM, STRATA, type Registry } from './draw-registry';
import { metered } from './processor-time';
import { pythonWith } from './python-env';

const SCRIPT = path.join(__dirname, '../../../bench/peers/draw.py');

export const drawPython = (): Promise<string> =>
  pythonWith('consistent_sampler==1.0.10', 'psycopg[binary]==3.3.9');

export async function samplesOf(db: Knex): Promise<Record<string, number>> {
  const { rows } = await db.raw<{ rows: { stratum: string; size: number }[] }>(
    'select draw_class as stratum, count(*) as size from entities group by draw_class',
  );
  return Object.fromEntries(rows.map(({ stratum, size }) => [stratum, sampleSize(size, RATIO_PPM, 0)]));
}

export function pythonDraw(
  name: string,
  python: string,
  peer: 'hashlib' | 'consistent_sampler',
  { url, postmaster }: Registry,
  seed: string,
  samples: Record<string, number>,
  file: string,
): Contender {
  const args = [SCRIPT, peer, url, seed, JSON.stringify(samples), file];
  return {
    name,
    run: async () => {
      const measured = await metered(postmaster, () => promisify(execFile)(python, args));
      return { ...measured, outcome: file };
    },
  };
}

/** The quickest form: one query with a limit per stratum. */
export function randomDraw(
  name: string,
  { db, postmaster }: Registry,
  samples: Record<string, number>,
  file: string,
): Contender {
  return {
    name,
    run: async () => {
      const measured = await metered(postmaster, async () => {
        const lines = ['item,stratum,rank,code,ticket\n'];
        for (const stratum of STRATA) {
          const { rows } = await db.raw<{ rows: { code: string }[] }>(
            `select credit_code as code from entities
              where draw_class = ? and status = 'active' and ended_at is null order by random() limit ?`,
            [stratum, samples[stratum] ?? 0],
          );
          rows.forEach(({ code }, at) => lines.push(`*,${stratum},${at + 1},${code},\n`));
        }
        writeFileSync(file, lines.join(''));
      });
      return { ...measured, outcome: file };
    },
  };
}
