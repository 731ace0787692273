/** Inspectors at work elsewhere: their results come in over the API. */
import type { WebSystem } from '../../support/web-system';

export interface VisitToMake {
  id: number;
  items: { item: { code: string }; department: { code: string }; resultCode: number | null }[];
  inspectors: { code: string; department: string }[];
}

export async function visitsOf(town: WebSystem, campaign: string): Promise<VisitToMake[]> {
  const lead = await town.signedIn('lead');
  const page = await lead.get<{ rows: VisitToMake[] }>('listVisits', { query: { campaign, limit: 200 } });
  return page.rows;
}

/** Every result that is missing, by the first of the department's team: nothing was found. Both cores have work that way. */
export async function submitRest(town: WebSystem, campaign: string, visitOn: string): Promise<void> {
  const queue = await visitsOf(town, campaign);
  const work = async () => {
    for (let visit = queue.pop(); visit; visit = queue.pop()) await submit(town, visit, visitOn);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

const AT_ONCE = 3;

async function submit(town: WebSystem, visit: VisitToMake, visitOn: string): Promise<void> {
  const missing = visit.items.filter((one) => one.resultCode === null);
  for (const department of new Set(missing.map((one) => one.department.code))) {
    const member = visit.inspectors.find((one) => one.department === department);
    if (!member) throw new Error(`nobody of ${department} goes on visit ${visit.id}`);
    const results = missing
      .filter((one) => one.department.code === department)
      .map((one) => ({ item: one.item.code, resultCode: 1 }));
    const inspector = await town.signedIn(member.code.toLowerCase());
    await inspector.get('submitResults', { params: { id: visit.id }, body: { visitOn, results } });
  }
}
