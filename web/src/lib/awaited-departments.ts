import type { Campaign, Me } from '../api/types';
import { departmentsOf } from '../session/use-session';

/** The person's departments in the ceremony whose seal or value is still awaited. */
export function awaitedDepartments(campaign: Campaign, me: Me, what: 'sealed' | 'revealed'): string[] {
  const own = departmentsOf(me, 'liaison');
  return (campaign.ceremony?.contributions ?? [])
    .filter((one) => own.includes(one.contributor) && !one[what])
    .map((one) => one.contributor);
}
