import { coverage, type CoveringItem, type EntityTraits } from './coverage';

/** What the yearly cap takes from an entity, and what may draw it still. */
export function takenByCap(
  items: readonly CoveringItem[],
  yearlyCap: Readonly<Record<string, number | null>>,
  entity: EntityTraits,
): { taken: string[]; kept: string[] } {
  const { items: kept } = coverage(items, yearlyCap, entity);
  const { items: uncapped } = coverage(items, {}, entity);
  return { taken: uncapped.filter((item) => !kept.includes(item)), kept };
}
