import { coverage, type CoveringItem, type EntityTraits } from './coverage';

/** What the yearly cap takes from an entity, and what may draw it still. */
export function takenByCap(
  items: readonly CoveringItem[],
  cap: number,
  entity: EntityTraits,
): { taken: string[]; kept: string[] } {
  const { items: kept } = coverage(items, cap, entity);
  const { items: uncapped } = coverage(items, null, entity);
  return { taken: uncapped.filter((item) => !kept.includes(item)), kept };
}
