/** One violation until it is settled (plan 3.5). */
import { appendAudit } from '../db/audit';
import { lockCampaign, type CampaignRow } from '../db/campaigns';
import { ensureDeadline, readCalendar } from '../db/deadlines';
import { addEvent, moveCase, readCase, type CaseRow } from '../db/handling';
import { addNotices } from '../db/notices';
import { departmentName } from '../db/organisation';
import { usersWith } from '../db/recipients';
import { addTasks, finishTask } from '../db/tasks';
import { digestTime } from '../domain/deadlines/due';
import { conflict } from '../domain/errors';
import {
  afterStep,
  HANDLING_STEP_LABELS,
  type HandlingState,
  type HandlingStep,
} from '../domain/visits/handling';
import type { Collaborators } from './collaborators';
import type { Knex } from 'knex';

export interface HandlingInput {
  caseId: number;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
  step: HandlingStep;
  note: string;
}

export interface OpenedCase {
  campaign: string;
  state: HandlingState;
}

export function createHandlingActivities({ db, now }: Collaborators) {
  /** The campaign first, as its sweeps do, which want the tasks of its cases. */
  async function lockCase(trx: Knex, id: number): Promise<{ row: CaseRow; campaign: CampaignRow }> {
    const { campaign_code } = await readCase(trx, id);
    const campaign = await lockCampaign(trx, campaign_code);
    return { campaign, row: await readCase(trx, id, true) };
  }

  /** What the department owes next for the case, as a task with its deadline. */
  async function owe(trx: Knex, campaign: CampaignRow, row: CaseRow, state: HandlingState): Promise<void> {
    const calendar = await readCalendar(trx);
    const { rectification } = campaign.deadline_policy.durations;
    const deadline = await ensureDeadline(trx, campaign, calendar, now(), rectification);
    const liaisons = await usersWith(trx, { role: 'liaison', department: row.department_code });
    const kind = owed(state);
    await addTasks(
      trx,
      [
        {
          key: `${kind}/${row.id}`,
          kind,
          campaignId: campaign.id,
          caseId: row.id,
          department: row.department_code,
          assigneeId: liaisons[0] ?? null,
          deadlineId: deadline.id,
        },
      ],
      now(),
    );
    await addNotices(trx, [
      {
        key: `case-opened/${row.id}/${kind}`,
        kind: 'case-opened',
        campaignId: campaign.id,
        recipients: liaisons,
        params: { department: await departmentName(trx, row.department_code), count: 1 },
        notBefore: digestTime(campaign.deadline_policy, calendar, now()),
      },
    ]);
  }

  return {
    openHandling: (caseId: number): Promise<OpenedCase> =>
      db.transaction(async (trx) => {
        const { row, campaign } = await lockCase(trx, caseId);
        const { track, status, department_code } = row;
        const isNew = await addEvent(trx, caseId, {
          key: 'opened',
          kind: 'opened',
          note: `由 ${department_code} 处理`,
          actorId: null,
          at: now(),
        });
        if (isNew) await owe(trx, campaign, row, { track, status });
        return { campaign: campaign.code, state: { track, status } };
      }),

    takeHandlingStep: (input: HandlingInput): Promise<HandlingState> =>
      db.transaction(async (trx) => {
        const { row, campaign } = await lockCase(trx, input.caseId);
        const before: HandlingState = { track: row.track, status: row.status };
        const isNew = await addEvent(trx, row.id, {
          key: input.key,
          kind: input.step,
          note: input.note,
          actorId: input.actorId,
          at: now(),
        });
        if (!isNew) return before;
        const after = afterStep(before, input.step);
        if ('refusal' in after) throw conflict('handling-step', after.refusal);
        await finishTask(trx, `${owed(before)}/${row.id}`, now());
        const closing =
          after.status === 'closed'
            ? { outcome: `${HANDLING_STEP_LABELS[input.step]}：${input.note}`, at: now() }
            : null;
        await moveCase(trx, row.id, after, closing);
        if (!closing) await owe(trx, campaign, row, after);
        await appendAudit(trx, {
          actorId: input.actorId,
          action: `handling.${input.step}`,
          subject: `handling-case/${row.id}`,
          address: input.address,
          requestId: input.requestId,
          before,
          after,
        });
        return after;
      }),
  };
}

function owed(state: HandlingState): 'rectify' | 'recheck' | 'decide' {
  if (state.track !== 'rectification') return 'decide';
  return state.status === 'awaiting-recheck' ? 'recheck' : 'rectify';
}
