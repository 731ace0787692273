import { prefixOf } from '../regions/covers';
import { coverage, type CoveringItem } from './coverage';
import { stratumOf, type StratifiedPlan, type StratifiedTraits } from './kind-strata';
import type { CoveredOf } from './population';

/** What the rules tell entities apart by, but for the visits of the year. */
export interface EntityKind extends StratifiedTraits {
  id: number;
}

export interface CoveringPlan extends StratifiedPlan {
  region_codes: readonly string[];
  /** By stratum. */
  yearly_cap: Readonly<Record<string, number | null>>;
}

/** Whom a plan covers, of entities in operation; an entity at its yearly cap stays for key items only (plan 3.3). */
export function coveredBy(
  items: readonly CoveringItem[],
  plan: CoveringPlan,
  kinds: readonly EntityKind[],
): CoveredOf {
  const areas = plan.region_codes.map(prefixOf);
  const placeOf = stratumOf(plan);
  const known = new Map(
    kinds.map((kind) => {
      const isInside = areas.some((area) => kind.region.startsWith(area));
      return [kind.id, { ...kind, stratum: isInside ? placeOf(kind) : null }];
    }),
  );
  return (id, visits) => {
    const kind = known.get(id);
    if (!kind) throw new Error(`an entity is of the unknown kind ${id}`);
    const { region, stratum } = kind;
    if (stratum === null) return { region, stratum: '', items: [], isCapped: false };
    return { region, stratum, ...coverage(items, plan.yearly_cap[stratum] ?? null, { ...kind, visits }) };
  };
}
