/** One violation until everything that follows from it is settled (plan 3.5). */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { lockCampaign, type CampaignRow } from '../db/campaigns';
import {
  addEvent,
  changeCase,
  markStarted,
  reachesStep,
  readCase,
  stateOf,
  type CaseRow,
} from '../db/handling';
import { readHandlingPolicy } from '../db/handling-policies';
import { countToLift } from '../db/joint-notices';
import { nextStep } from '../db/sweep';
import { OVERSIGHT_LOOKS_WITHIN_MS } from '../domain/oversight/sleep';
import { conflict, forbidden } from '../domain/errors';
import {
  afterStep,
  HANDLING_STEP_LABELS,
  type HandlingState,
  type HandlingStep,
} from '../domain/handling/course';
import { isDecision } from '../domain/handling/owed';
import type { StepFacts } from '../domain/handling/step-facts';
import { oweIn } from './case-tasks';
import type { Collaborators } from './collaborators';
import { effectOf } from './handling-effects';

export interface HandlingInput {
  caseId: number;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
  step: HandlingStep;
  note: string;
  /** Left out in what was sent before version 0.2. */
  facts?: StepFacts;
}

/** Whether oversight has to look before it does so by itself; missing in what was done before it was asked. */
export interface ForOversight {
  wakesOversight?: boolean;
}

export interface OpenedCase extends ForOversight {
  campaign: string;
  state: HandlingState;
  /** Who handles it, whom it concerns and where; left out in what was opened before version 0.2. */
  department?: string;
  entity?: string;
  region?: string;
}

export type TakenStep = HandlingState & ForOversight;

export function createHandlingActivities({ db, now }: Collaborators) {
  /** The campaign first, as its sweeps do, which want the tasks of its cases. */
  async function lockCase(trx: Knex, id: number): Promise<{ row: CaseRow; campaign: CampaignRow }> {
    const { campaign_code } = await readCase(trx, id);
    const campaign = await lockCampaign(trx, campaign_code);
    return { campaign, row: await readCase(trx, id, true) };
  }

  /** Carries a step out, once: its event, its effects, what is owed next, the audit. */
  async function carryOut(
    trx: Knex,
    input: Omit<HandlingInput, 'actorId'> & { actorId: number | null },
  ): Promise<TakenStep> {
    const { row, campaign } = await lockCase(trx, input.caseId);
    const { step, note, facts = {}, actorId } = input;
    const before = stateOf(row);
    const at = now();
    const isNew = await addEvent(trx, row.id, { key: input.key, kind: step, note, facts, actorId, at });
    if (!isNew) return { ...before, wakesOversight: await wakesOversight(trx, row.id, campaign) };
    // Who submitted and who decides may come at the same time.
    if (isDecision(step) && actorId === row.submitted_by && actorId !== null)
      throw forbidden('own-submission', '提交人不能决定自己提交的事项，请由其他负责人决定。');
    // A measure that is lifted now is no longer to be lifted.
    const toLift = (await countToLift(trx, row.id)) - (step === 'joint-lifted' ? 1 : 0);
    const after = afterStep(before, step, toLift);
    if ('refusal' in after) throw conflict('handling-step', after.refusal);
    const owing = { campaign, row, actorId, step, now: at };
    const policy = await readHandlingPolicy(trx);
    const { change, due } = await effectOf(trx, owing, { step, key: input.key, note, facts }, after, policy);
    await changeCase(trx, row.id, {
      ...change,
      track: after.track,
      status: after.status,
      ...(after.status === 'closed'
        ? { outcome: `${HANDLING_STEP_LABELS[step]}：${note}`, closed_at: at }
        : {}),
    });
    const changed = await readCase(trx, row.id);
    await oweIn(trx, { ...owing, row: changed }, after, due);
    await appendAudit(trx, {
      actorId,
      action: `handling.${step}`,
      subject: `handling-case/${row.id}`,
      address: input.address,
      requestId: input.requestId,
      before,
      after: { ...after, facts },
    });
    return { ...stateOf(changed), wakesOversight: await wakesOversight(trx, row.id, campaign) };
  }

  /** A step is due before oversight looks by itself, or nothing is owed any more, which may be its end. */
  async function wakesOversight(trx: Knex, caseId: number, campaign: CampaignRow): Promise<boolean> {
    if (await reachesStep(trx, caseId, new Date(now().getTime() + OVERSIGHT_LOOKS_WITHIN_MS))) return true;
    return (await nextStep(trx, campaign)).owed === 0;
  }

  return {
    openHandling: (caseId: number): Promise<OpenedCase> =>
      db.transaction(async (trx) => {
        const { row, campaign } = await lockCase(trx, caseId);
        const isNew = await addEvent(trx, caseId, {
          key: 'opened',
          kind: 'opened',
          note: `由 ${row.department_code} 处理`,
          actorId: null,
          at: now(),
        });
        if (isNew) await oweIn(trx, { campaign, row, actorId: null, step: null, now: now() }, stateOf(row));
        await markStarted(trx, [caseId], now());
        return {
          ...{ campaign: campaign.code, state: stateOf(row) },
          wakesOversight: await wakesOversight(trx, caseId, campaign),
          ...{ department: row.department_code, entity: row.credit_code, region: row.region_code },
        };
      }),

    takeHandlingStep: (input: HandlingInput): Promise<TakenStep> =>
      db.transaction((trx) => carryOut(trx, input)),

    /** The time of an entry on a list is over. */
    endListing: (caseId: number, endsAt: string): Promise<TakenStep> =>
      db.transaction((trx) =>
        carryOut(trx, {
          caseId,
          key: `term-ended/${endsAt}`,
          actorId: null,
          address: null,
          requestId: null,
          step: 'term-ended',
          note: '列入期限届满',
        }),
      ),
  };
}
