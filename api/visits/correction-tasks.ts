/** What is owed for a correction, and who is told. */
import type { Knex } from 'knex';
import type { CampaignRow } from '../../db/campaigns';
import type { CorrectionRow } from '../../db/corrections';
import { tellAtOnce } from '../../db/notices';
import { usersWith, worksFor } from '../../db/recipients';
import type { VisitRow } from '../../db/visit-views';
import { formatInstant } from '../../domain/notices/format';
import type { Actor } from '../../domain/roles';
import { CORRECTION_LABELS, type CorrectionKind } from '../../domain/visits/corrections';
import { decidersOf } from './deciders';
import { oweForVisit } from './owe';

interface About {
  kind: CorrectionKind;
  campaign: CampaignRow;
  visit: Pick<VisitRow, 'id' | 'number' | 'entity_name' | 'region_code'>;
  id: number;
  round: number;
  department: string;
}

/** The head of the department owes the decision. */
export async function askDecision(
  trx: Knex,
  about: About,
  actor: Actor,
  { at, reason }: { at: Date; reason: string },
): Promise<void> {
  const { visit, department } = about;
  const deciders = await decidersOf(trx, { department, region: visit.region_code }, [actor.id]);
  const due = await give(trx, about, 'decide', deciders[0] ?? null, at);
  await tell(trx, about, {
    ...{ key: `asked/${about.round}`, recipients: deciders, at },
    what: `${actor.name}申请第 ${visit.number} 户“${visit.entity_name}”${CORRECTION_LABELS[about.kind]}，请在 ${formatInstant(due)} 前审批：${reason}`,
  });
}

/** Who asked owes another request, or takes it back: for the department that inspected, or for the lead. */
export async function askRevision(trx: Knex, about: About, askedBy: number, at: Date): Promise<void> {
  const isOwn = await worksFor(trx, askedBy, about.department);
  const department = isOwn ? about.department : about.campaign.lead_department;
  await give(trx, { ...about, department }, 'revise', askedBy, at);
}

/**
 * What was decided: who asked, the department's liaisons, and once it is approved those who answer for what is public,
 * the lead's officers and the credit office.
 */
export async function tellOfCorrection(
  trx: Knex,
  about: About,
  { asked_by: askedBy }: Pick<CorrectionRow, 'asked_by'>,
  { accepts, note, at }: { accepts: boolean; note: string; at: Date },
): Promise<void> {
  const { visit, department, campaign } = about;
  const regions = [visit.region_code];
  const liaisons = await usersWith(trx, { role: 'liaison', department, regions });
  const lead = { role: 'lead_officer', department: campaign.lead_department, regions } as const;
  const others = accepts
    ? [...(await usersWith(trx, lead)), ...(await usersWith(trx, { role: 'credit_officer', regions }))]
    : [];
  const what = `第 ${visit.number} 户“${visit.entity_name}”${CORRECTION_LABELS[about.kind]}`;
  await tell(trx, about, {
    ...{ key: `decided/${about.round}`, recipients: [...new Set([askedBy, ...liaisons, ...others])], at },
    what: accepts ? `${what}已获批准` : `${what}被退回，请修改后重新提交或者撤回：${note}`,
  });
}

async function give(
  trx: Knex,
  { campaign, visit, id, round, department }: About,
  what: 'decide' | 'revise',
  assigneeId: number | null,
  at: Date,
): Promise<Date> {
  const kind = `${what}-correction` as const;
  const key = `correction/${id}/${what}/${round}`;
  return oweForVisit(trx, campaign, { key, kind, visitId: visit.id, department, assigneeId }, at);
}

async function tell(
  trx: Knex,
  { campaign, id }: About,
  told: { key: string; recipients: readonly number[]; what: string; at: Date },
): Promise<void> {
  await tellAtOnce(trx, [
    {
      key: `correction/${id}/${told.key}`,
      kind: 'correction',
      campaignId: campaign.id,
      recipients: told.recipients,
      params: { what: told.what },
      at: told.at,
    },
  ]);
}
