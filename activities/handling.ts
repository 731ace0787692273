/** One violation until it is settled (plan 3.5). */
import { appendAudit } from '../db/audit';
import { lockCampaign } from '../db/campaigns';
import { ensureDeadline, readCalendar } from '../db/deadlines';
import { addEvent, moveCase, readCase } from '../db/handling';
import { addNotices } from '../db/notices';
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

export function createHandlingActivities({ db, now }: Collaborators) {
  /** What the department owes next for the case, as a task with its deadline. */
  async function owe(trx: Knex, caseId: number, state: HandlingState): Promise<void> {
    const row = await readCase(trx, caseId);
    const campaign = await lockCampaign(trx, row.campaign_code);
    const calendar = await readCalendar(trx);
    const { rectification } = campaign.deadline_policy.durations;
    const deadline = await ensureDeadline(trx, campaign, calendar, now(), rectification);
    const liaisons = await usersWith(trx, { role: 'liaison', department: row.department_code });
    const kind = owed(state);
    await addTasks(trx, [
      {
        key: `${kind}/${caseId}`,
        kind,
        campaignId: campaign.id,
        caseId,
        department: row.department_code,
        assigneeId: liaisons[0] ?? null,
        deadlineId: deadline.id,
      },
    ]);
    await addNotices(trx, [
      {
        key: `case-opened/${caseId}/${kind}`,
        kind: 'case-opened',
        campaignId: campaign.id,
        recipients: liaisons,
        params: { department: row.department_code, count: 1 },
        notBefore: digestTime(campaign.deadline_policy, calendar, now()),
      },
    ]);
  }

  return {
    openHandling: (caseId: number): Promise<HandlingState> =>
      db.transaction(async (trx) => {
        const { track, status, department_code } = await readCase(trx, caseId, true);
        const isNew = await addEvent(trx, caseId, {
          key: 'opened',
          kind: 'opened',
          note: `由 ${department_code} 处理`,
          actorId: null,
          at: now(),
        });
        if (isNew) await owe(trx, caseId, { track, status });
        return { track, status };
      }),

    takeHandlingStep: (input: HandlingInput): Promise<HandlingState> =>
      db.transaction(async (trx) => {
        const row = await readCase(trx, input.caseId, true);
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
        if (!closing) await owe(trx, row.id, after);
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
