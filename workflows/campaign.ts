/**
 * One joint campaign from plan to publication (plan 3.4 to 3.6). Officials' commands come as updates; this workflow
 * refuses what the stage doesn't allow, has each carried out once, and watches the ceremony's deadlines.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
  ApplicationFailure,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { UpdateDefinition } from '@temporalio/common';
import type { Activities } from '../activities';
import { isPossible, refusal, type Command, type Stage } from '../domain/campaigns';
import type {
  AmendInput,
  CommandInput,
  PublicValueInput,
  ReasonInput,
  RevealInput,
  SealInput,
  StepOutcome,
} from '../domain/commands';
import { workflowIds } from '../domain/names';
import { oversight, oversightChanged, oversightFinish } from './oversight';
import { wakeNotices } from './wake-notices';

export const submit = defineUpdate<StepOutcome, [CommandInput]>('submit');
export const sendBack = defineUpdate<StepOutcome, [ReasonInput]>('return');
export const approve = defineUpdate<StepOutcome, [CommandInput]>('approve');
export const freeze = defineUpdate<StepOutcome, [CommandInput]>('freeze');
export const seal = defineUpdate<StepOutcome, [SealInput]>('seal');
export const reveal = defineUpdate<StepOutcome, [RevealInput]>('reveal');
export const recordPublicValue = defineUpdate<StepOutcome, [PublicValueInput]>('recordPublicValue');
export const draw = defineUpdate<StepOutcome, [CommandInput]>('draw');
export const dispatch = defineUpdate<StepOutcome, [CommandInput]>('dispatch');
export const publish = defineUpdate<StepOutcome, [CommandInput]>('publish');
export const close = defineUpdate<StepOutcome, [CommandInput]>('close');
export const cancel = defineUpdate<StepOutcome, [ReasonInput]>('cancel');
export const amend = defineUpdate<StepOutcome, [AmendInput]>('amend');

/** From oversight: results have moved the campaign on. */
export const stageMoved = defineSignal<[Stage]>('stageMoved');
export const stageQuery = defineQuery<Stage>('stage');

export interface CampaignInput {
  code: string;
  stage: Stage;
  /** Until when the departments have to seal or reveal, where that is waited for. */
  deadline?: string | null;
  ceremonies?: number;
  overseen?: boolean;
}

const steps = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '20 seconds' },
});
/** Over a whole population: minutes where there are millions. */
const longSteps = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '30 minutes',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '20 seconds' },
});

export async function campaign(input: CampaignInput): Promise<Stage> {
  const { code } = input;
  let { stage, deadline = null, ceremonies = 0, overseen = false } = input;
  let turn = Promise.resolve();

  answerCommands();
  setHandler(stageQuery, () => stage);
  setHandler(stageMoved, (moved) => {
    // What oversight saw is older than a command carried out meanwhile.
    if (['dispatched', 'under_way'].includes(stage)) stage = moved;
  });

  while (!hasEnded()) {
    if (workflowInfo().continueAsNewSuggested) await goOnAsNew();
    await (isWaiting()
      ? waitForContributions()
      : condition(() => hasEnded() || isWaiting() || isHistoryLong()));
  }
  await finishOversight();
  await condition(allHandlersFinished);
  return stage;

  function answerCommands(): void {
    answer(submit, 'submit', steps.submit);
    answer(sendBack, 'return', steps.sendBack);
    answer(approve, 'approve', steps.approve);
    answer(freeze, 'freeze', longSteps.freeze, async () => {
      ceremonies += 1;
      await startOversight();
    });
    answer(seal, 'seal', steps.seal, changed);
    answer(reveal, 'reveal', steps.reveal, changed);
    answer(recordPublicValue, 'recordPublicValue', steps.recordPublicValue);
    answer(draw, 'draw', longSteps.draw);
    answer(dispatch, 'dispatch', longSteps.dispatch, changed);
    answer(publish, 'publish', longSteps.publish, changed);
    answer(close, 'close', steps.close);
    answer(cancel, 'cancel', steps.cancel);
    answer(amend, 'amend', longSteps.amend, changed);
  }

  /** Commands take turns; each is checked against the stage when it arrives and again when its turn comes. */
  function answer<I extends CommandInput>(
    update: UpdateDefinition<StepOutcome, [I]>,
    command: Command,
    step: (input: I) => Promise<StepOutcome>,
    then: () => Promise<void> = () => Promise.resolve(),
  ): void {
    const refuse = () => {
      if (!isPossible(command, stage)) throw stageFailure(command, stage);
    };
    const carryOut = async (commandInput: I): Promise<StepOutcome> => {
      refuse();
      const outcome = await step({ ...commandInput, key: currentUpdateInfo()?.id ?? commandInput.key });
      stage = outcome.stage;
      deadline = outcome.deadline ?? (['frozen', 'sealed'].includes(stage) ? deadline : null);
      await then();
      await wakeNotices();
      return outcome;
    };
    // The overloads of setHandler can't see through a generic input.
    setHandler<StepOutcome, [CommandInput], UpdateDefinition<StepOutcome, [CommandInput]>>(
      update as unknown as UpdateDefinition<StepOutcome, [CommandInput]>,
      (received) => inTurn(() => carryOut(received as I)),
      { validator: refuse },
    );
  }

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = turn;
    let done!: () => void;
    turn = new Promise((resolve) => (done = resolve));
    await before;
    try {
      return await work();
    } finally {
      done();
    }
  }

  /** Sealing and revealing end at their deadline: who has not contributed voids the ceremony. */
  async function waitForContributions(): Promise<void> {
    const until = deadline;
    if (until === null) return;
    const inTime = await condition(
      () => hasEnded() || deadline !== until || isHistoryLong(),
      Math.max(1, Date.parse(until) - Date.now()),
    );
    if (inTime) return;
    await inTurn(async () => {
      if (deadline !== until) return;
      const outcome = await steps.endWaiting({ campaign: code, key: `${stage}/${ceremonies}` });
      stage = outcome.stage;
      deadline = null;
      await changed();
      await wakeNotices();
    });
  }

  async function startOversight(): Promise<void> {
    if (overseen) return changed();
    overseen = true;
    await startChild(oversight, {
      workflowId: workflowIds.oversight(code),
      args: [{ code }],
      // Handling of violations goes on for months after the campaign is closed.
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    });
  }

  async function changed(): Promise<void> {
    if (overseen) await getExternalWorkflowHandle(workflowIds.oversight(code)).signal(oversightChanged);
  }

  async function finishOversight(): Promise<void> {
    if (overseen) await getExternalWorkflowHandle(workflowIds.oversight(code)).signal(oversightFinish);
  }

  async function goOnAsNew(): Promise<never> {
    await condition(allHandlersFinished);
    return continueAsNew<typeof campaign>({ code, stage, deadline, ceremonies, overseen });
  }

  function isWaiting(): boolean {
    return deadline !== null;
  }

  function isHistoryLong(): boolean {
    return workflowInfo().continueAsNewSuggested;
  }

  function hasEnded(): boolean {
    return stage === 'closed' || stage === 'cancelled';
  }
}

function stageFailure(command: Command, stage: Stage): ApplicationFailure {
  return ApplicationFailure.create({
    type: 'campaign-stage',
    message: refusal(command, stage),
    nonRetryable: true,
    details: [{ kind: 'conflict', fields: [] }],
  });
}
