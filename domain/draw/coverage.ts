/** Which items may draw an entity (plan 3.2, 3.3). */
import { prefixOf } from '../regions/covers';

export interface CoveringItem {
  code: string;
  category: 'key' | 'general' | null;
  /** Empty: whatever the tags. */
  object_tags: readonly string[];
  /** Empty: everywhere. */
  object_regions: readonly string[];
}

export interface EntityTraits {
  region: string;
  tags: readonly string[];
  /** Visits of this year, of all campaigns. */
  visits: number;
}

/** One at its yearly cap stays for key items only; `isCapped` says that the cap took an item from it. `cap` null: no cap. */
export function coverage(
  items: readonly CoveringItem[],
  cap: number | null,
  entity: EntityTraits,
): { items: string[]; isCapped: boolean } {
  const covering = items.filter(
    ({ object_tags, object_regions }) =>
      (object_tags.length === 0 || object_tags.some((tag) => entity.tags.includes(tag))) &&
      (object_regions.length === 0 ||
        object_regions.some((area) => entity.region.startsWith(prefixOf(area)))),
  );
  const isAtCap = entity.visits >= (cap ?? Infinity);
  const drawing = covering.filter((item) => !isAtCap || item.category === 'key');
  return {
    items: drawing.map((item) => item.code).sort(),
    isCapped: drawing.length < covering.length,
  };
}
