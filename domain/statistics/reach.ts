import { coverage, type CoveringItem } from '../draw/coverage';
import { stratumOf, type StratifiedPlan } from '../draw/kind-strata';
import { covers } from '../regions/covers';
import { chanceOf, type DrawnLine } from './draws';

/** What a draw looks at in an entity. */
export interface DrawTraits {
  /** `ended`: no longer in the registry's file; the others are states of a business. */
  presence: 'active' | 'revoked' | 'cancelled' | 'moved' | 'ended';
  region: string;
  drawClass: string;
  tags: readonly string[];
}

/** A freeze, with what it took into its populations. */
export interface Freeze extends Pick<StratifiedPlan, 'industries'> {
  campaign: string;
  campaignName: string;
  ceremonyId: number;
  at: Date;
  regions: readonly string[];
  items: readonly CoveringItem[];
  lines: readonly DrawnLine[];
}

/**
 * With which chance the freeze's draw could draw an entity of these traits: 0 is out of its reach. The yearly cap is left
 * aside, since nobody but the draw itself moves an entity there.
 */
export function reachOf(freeze: Freeze): (traits: DrawTraits | null) => number {
  const known = new Map<string, number>();
  const placeOf = stratumOf({ strata: freeze.lines, industries: freeze.industries });
  return (traits) => {
    if (traits?.presence !== 'active') return 0;
    const key = `${traits.region} ${traits.drawClass} ${traits.tags.join(' ')}`;
    let reach = known.get(key);
    if (reach === undefined) known.set(key, (reach = computeReach(freeze, traits, placeOf(traits))));
    return reach;
  };
}

function computeReach({ regions, items, lines }: Freeze, traits: DrawTraits, stratum: string | null): number {
  const { region, tags } = traits;
  if (!regions.some((area) => covers(area, region))) return 0;
  const { items: covering } = coverage(items, null, { region, tags, visits: 0 });
  const chances = lines
    .filter((line) => line.stratum === stratum && (line.item === '*' || covering.includes(line.item)))
    .map(chanceOf);
  return covering.length === 0 ? 0 : Math.max(0, ...chances);
}
