import type { Knex } from 'knex';
import { readAnnualPlan } from '../../db/annual-plans';
import { readCampaign, type CampaignRow } from '../../db/campaigns';
import { listExtensions, readBasis, type ExtensionRow } from '../../db/task-extensions';
import type { TaskRow } from '../../db/task-views';
import { dayOf, workingDaysBetween, type Calendar } from '../../domain/deadlines/working-days';
import { mayLead } from '../../domain/permissions/rules';
import { reachesRegions, reachesRegionsIn, type Actor } from '../../domain/roles';
import { extensionDecider, type ExtensionCase } from '../../domain/tasks/extension';

export interface OpenExtensionCase extends ExtensionCase {
  /** null: owed to the plan of a year. */
  campaign: CampaignRow | null;
  /** What the due instant is counted from. */
  from: Date;
}

/** What decides whether a task can be put off, and by how much. */
export async function extensionCaseOf(
  db: Knex,
  row: TaskRow,
  { now, calendar }: { now: Date; calendar: Calendar },
): Promise<OpenExtensionCase> {
  const campaign = row.campaign_code === null ? null : await readCampaign(db, row.campaign_code);
  const { deadline_policy: policy } = campaign ?? (await readAnnualPlan(db, row.plan_year ?? 0));
  const granted = (await listExtensions(db, row.id)).filter(({ status }) => status === 'approved');
  const { from, amount } = await readBasis(db, row.id);
  const late = now.getTime() - row.due_at.getTime();
  return {
    kind: row.kind,
    policy,
    amount,
    extended: granted.reduce((sum, one) => sum + one.amount, 0),
    overdueBy:
      late <= 0
        ? 0
        : policy.unit === 'seconds'
          ? Math.ceil(late / 1000)
          : Math.max(1, workingDaysBetween(calendar, dayOf(row.due_at), dayOf(now))),
    campaign,
    from,
  };
}

/** Whether somebody decides on requests of such a task; nobody does on their own. */
export function mayDecideExtension(
  actor: Actor,
  kind: string,
  campaign: CampaignRow | null,
  extension: Pick<ExtensionRow, 'status' | 'requested_by'>,
): boolean {
  if (extension.status !== 'requested' || extension.requested_by === actor.id || campaign === null)
    return false;
  const regions = campaign.region_codes;
  if (extensionDecider(kind) === 'supervision') return reachesRegions(actor, regions, 'supervisor');
  return (
    mayLead(actor, campaign.lead_department, regions) ||
    reachesRegionsIn(actor, [campaign.lead_department], regions, 'approver')
  );
}
