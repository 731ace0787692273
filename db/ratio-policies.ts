import type { PolicyTable } from '../domain/policies/ratio-rows';
import { policyVersions } from './policy-versions';

export interface RatioPolicyContent extends PolicyTable {
  /** Only inspectors with a valid training are sent. */
  training_required: boolean;
}

/** Versions of the city's ratios and yearly caps. */
export const ratioPolicies = policyVersions<RatioPolicyContent>('ratio_policies', '比例和频次政策');
