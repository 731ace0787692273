import { coveredBy, type CoveringPlan, type EntityKind } from './covered-by';
import type { CoveringItem } from './coverage';

/** The kinds that the yearly cap of a plan takes an item from, with the visits of the year from which on it does. */
export function cappedKinds(
  items: readonly CoveringItem[],
  plan: CoveringPlan,
  kinds: readonly EntityKind[],
): { id: number; stratum: string; cap: number }[] {
  const coveredOf = coveredBy(items, plan, kinds);
  return kinds.flatMap(({ id }) => {
    const { stratum } = coveredOf(id, 0);
    const cap = plan.yearly_cap[stratum] ?? null;
    return cap !== null && coveredOf(id, cap).isCapped ? [{ id, stratum, cap }] : [];
  });
}
