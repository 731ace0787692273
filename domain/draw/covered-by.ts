import { prefixOf } from '../regions/covers';
import { coverage, type CoveringItem, type EntityTraits } from './coverage';
import type { CoveredOf } from './population';

/** What the rules tell entities apart by, but for the visits of the year. */
export interface EntityKind extends Omit<EntityTraits, 'visits'> {
  id: number;
}

export interface CoveringPlan {
  region_codes: readonly string[];
  strata: readonly { stratum: string }[];
  yearly_cap: Readonly<Record<string, number | null>>;
}

/** Whom a plan covers, of entities in operation; an entity at its yearly cap stays for key items only (plan 3.3). */
export function coveredBy(
  items: readonly CoveringItem[],
  plan: CoveringPlan,
  kinds: readonly EntityKind[],
): CoveredOf {
  const known = new Map(kinds.map((kind) => [kind.id, kind]));
  const areas = plan.region_codes.map(prefixOf);
  return (id, visits) => {
    const kind = known.get(id);
    if (!kind) throw new Error(`an entity is of the unknown kind ${id}`);
    const { region, drawClass: stratum } = kind;
    const isPlanned =
      areas.some((area) => region.startsWith(area)) && plan.strata.some((line) => line.stratum === stratum);
    if (!isPlanned) return { region, stratum, items: [], isCapped: false };
    return { region, stratum, ...coverage(items, plan.yearly_cap, { ...kind, visits }) };
  };
}
