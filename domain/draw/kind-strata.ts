import { levelOf, type IndustryRisk } from '../policies/industry-risk';
import { mostSpecific, partOf } from '../policies/parts';

export interface StratifiedPlan {
  strata: readonly { stratum: string }[];
  /** Which tags make an industry risky, as they were when it was planned. */
  industries: readonly IndustryRisk[];
}

export interface StratifiedTraits {
  region: string;
  drawClass: string;
  tags: readonly string[];
}

/** The levels that tell a plan's strata apart: none where no stratum is about a level. */
export const tellingIndustries = (
  strata: StratifiedPlan['strata'],
  industries: readonly IndustryRisk[],
): IndustryRisk[] => (strata.some(({ stratum }) => partOf(stratum)?.level) ? [...industries] : []);

/** The one stratum of a plan that entities of a kind are in; null: it has none for them. */
export function stratumOf(plan: StratifiedPlan): (traits: StratifiedTraits) => string | null {
  const parts = plan.strata.flatMap(({ stratum }) => {
    const part = partOf(stratum);
    return part ? [{ ...part, stratum }] : [];
  });
  return ({ region, drawClass, tags }) =>
    mostSpecific(parts, { region, drawClass, level: levelOf(tags, plan.industries) })?.stratum ?? null;
}
