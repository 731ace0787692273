/** Who may go to whom (domain guide, section 3, "Visits and results"): asked by the draw's matching and by replacements. */
import type { PoolInspector } from '../draw/frozen-files';
import { covers } from '../regions/covers';

/** No regions of one's own: everywhere. */
export const servesRegion = ({ regions }: Pick<PoolInspector, 'regions'>, region: string): boolean =>
  regions.length === 0 || regions.some((area) => covers(area, region));

export const holdsAll = (
  { qualifications }: Pick<PoolInspector, 'qualifications'>,
  required: readonly string[],
): boolean => required.every((one) => qualifications.includes(one));
