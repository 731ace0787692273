/** Warnings of too frequent inspections, as pages show them. */
import type { Knex } from 'knex';
import { ratioPolicies } from '../../db/ratio-policies';
import { readFrequencies } from '../../db/visit-frequency';
import { PRESET, rowOf } from '../../domain/policies/ratio-rows';
import { frequencyWarnings, type FrequencyWarning } from '../../domain/visits/frequency';

/** By visit; none for a visit that is as usual. */
export async function frequencyOfVisits(
  db: Knex,
  visitIds: readonly number[],
): Promise<ReadonlyMap<number, FrequencyWarning[]>> {
  const rows = await readFrequencies(db, visitIds);
  const policies = new Map<string, Awaited<ReturnType<typeof ratioPolicies.inForce>>>();
  for (const day of new Set(rows.map((row) => row.day)))
    policies.set(day, await ratioPolicies.inForce(db, day));
  return new Map(
    rows.map(({ visit_id, day, others, tags, ...row }) => {
      const kind = { region: row.region_code, drawClass: row.draw_class, tags };
      const cap = rowOf(policies.get(day) ?? PRESET, kind)?.cap ?? null;
      return [visit_id, frequencyWarnings({ day, cap, planned: true }, others)];
    }),
  );
}

export const frequencyOf = (warnings: readonly FrequencyWarning[]) =>
  warnings.map(({ visits, ...warning }) => ({
    ...warning,
    visits: visits.map(({ campaign, name, number, on }) => ({
      campaign: { code: campaign, name },
      number,
      on,
    })),
  }));
