import { coverage, type CoveringItem, type EntityTraits } from './coverage';
import type { Covered } from './population';
import { CODE_BYTES } from './records';

/** Entities that no rule tells apart, with their codes one behind the other. */
export interface AlikeEntities extends EntityTraits {
  codes: string;
}

/** Whom a plan covers, of entities in operation; an entity at its yearly cap stays for key items only (plan 3.3). */
export function coveredBy(
  items: readonly CoveringItem[],
  plan: { strata: readonly { stratum: string }[]; yearly_cap: Readonly<Record<string, number | null>> },
  entities: readonly AlikeEntities[],
): { covered: Covered[]; capped: number } {
  let capped = 0;
  const covered: Covered[] = [];
  const classes = plan.strata.map((line) => line.stratum);
  for (const { codes, ...traits } of entities) {
    if (!classes.includes(traits.drawClass)) continue;
    const { items: drawing, isCapped } = coverage(items, plan.yearly_cap, traits);
    if (isCapped) capped += codes.length / CODE_BYTES;
    if (drawing.length > 0) {
      covered.push({ stratum: traits.drawClass, region: traits.region, items: drawing, codes });
    }
  }
  return { covered, capped };
}
