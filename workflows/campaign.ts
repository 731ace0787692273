/**
 * One joint campaign from plan to publication (plan 3.4 to 3.6). Officials' commands come as updates; this workflow
 * refuses what the stage doesn't allow, has each carried out once, and watches the ceremony's deadlines.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  isCancellation,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  startChild,
  workflowInfo,
  ApplicationFailure,
  WorkflowIdReusePolicy,
} from '@temporalio/workflow';
import type { SignalDefinition, UpdateDefinition } from '@temporalio/common';
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
import { takingTurns } from './in-turn';
import { oversight, oversightChanged, oversightFinish, type OversightInput } from './oversight';
import { showMarks } from './show-marks';
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
  /** Until when the departments have to seal or reveal, or null; missing where a lost workflow is taken up again. */
  deadline?: string | null;
  /** The newest commands with what they led to. */
  answered?: [command: string, StepOutcome][];
}

/** A command that is repeated later than this many others finds its outcome in the database. */
const REMEMBERED = 100;
const BY_RESULTS: Stage[] = ['dispatched', 'under_way', 'results_in'];
const OVERSEEN: Stage[] = ['frozen', 'sealed', 'drawn', ...BY_RESULTS, 'published'];

const retry = { initialInterval: '500 milliseconds', maximumInterval: '20 seconds' } as const;
const steps = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '15 seconds',
  retry,
});
/** Over a whole population: minutes where there are millions. */
const longSteps = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '15 seconds',
  retry,
});
/** The matching may keep its process from anything else for a while, heartbeats too. */
const matchingSteps = proxyActivities<Activities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '1 minute',
  retry,
});

export async function campaign(input: CampaignInput): Promise<Stage> {
  const { code } = input;
  let { stage } = input;
  let deadline = input.deadline === undefined ? deadlineUnknown() : input.deadline;
  const answered = new Map(input.answered);
  const inTurn = takingTurns();

  answerCommands();
  setHandler(stageQuery, () => stage);
  setHandler(stageMoved, (moved) => {
    // What oversight saw is older than a command carried out meanwhile.
    if (['dispatched', 'under_way'].includes(stage)) stage = moved;
    showMarks({ campaign: code, stage });
  });
  if (OVERSEEN.includes(stage)) await inTurn(changed);

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
    answer(freeze, 'freeze', longSteps.freeze, changed);
    answer(seal, 'seal', steps.seal, changed);
    answer(reveal, 'reveal', steps.reveal, changed);
    answer(recordPublicValue, 'recordPublicValue', steps.recordPublicValue);
    answer(draw, 'draw', matchingSteps.draw);
    answer(dispatch, 'dispatch', longSteps.dispatch, changed);
    answer(publish, 'publish', longSteps.publish, changed);
    answer(close, 'close', steps.close);
    answer(cancel, 'cancel', steps.cancel);
    answer(amend, 'amend', longSteps.amend, changed);
  }

  /**
   * Commands take turns; each is checked against the stage when its turn comes, and where nothing is under way already when it
   * arrives. One that was carried out before, by its key, gets the same answer again; one that was refused is tried anew.
   */
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
      const name = `${command}:${commandInput.key}`;
      const before = answered.get(name);
      if (before) return before;
      refuse();
      const outcome = await step(commandInput);
      // Oversight may have seen newer results than a publication that began before them.
      const isBehind = BY_RESULTS.indexOf(outcome.stage) < BY_RESULTS.indexOf(stage);
      if (!isBehind || !BY_RESULTS.includes(outcome.stage)) stage = outcome.stage;
      deadline = outcome.deadline ?? (['frozen', 'sealed'].includes(stage) ? deadline : null);
      show(outcome);
      remember(name, outcome);
      await then();
      await wakeNotices();
      return outcome;
    };
    // The overloads of setHandler can't see through a generic input.
    setHandler<StepOutcome, [CommandInput], UpdateDefinition<StepOutcome, [CommandInput]>>(
      update as unknown as UpdateDefinition<StepOutcome, [CommandInput]>,
      (received) => inTurn(() => carryOut(received as I)),
      {
        validator: ({ key }) => {
          // What is under way may be in the database, and its official have heard of it, before it is known here.
          if (inTurn.isFree() && !answered.has(`${command}:${key}`)) refuse();
        },
      },
    );
  }

  function show({ lead, regions }: StepOutcome): void {
    showMarks({ campaign: code, department: lead, stage, regions });
  }

  function remember(name: string, outcome: StepOutcome): void {
    answered.set(name, outcome);
    const [oldest] = answered.keys();
    if (answered.size > REMEMBERED && oldest !== undefined) answered.delete(oldest);
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
      const outcome = await steps.endWaiting({ campaign: code, key: `${stage}/${until}` });
      stage = outcome.stage;
      deadline = outcome.deadline ?? null;
      show(outcome);
      await changed();
      await wakeNotices();
    });
  }

  /** Looked up at once: the database knows until when is waited, if at all. */
  function deadlineUnknown(): string | null {
    return ['frozen', 'sealed'].includes(stage) ? workflowInfo().startTime.toISOString() : null;
  }

  async function changed(): Promise<void> {
    await tellOversight(oversightChanged, { code });
  }

  async function finishOversight(): Promise<void> {
    // A campaign that was cancelled early has none.
    if (stage === 'closed') await tellOversight(oversightFinish, { code, finishing: true });
    else
      await oversightHandle()
        .signal(oversightFinish)
        .catch(() => undefined);
  }

  /** Oversight begins with the freeze; it is started where it isn't running. */
  async function tellOversight(signal: SignalDefinition, otherwise: OversightInput): Promise<void> {
    try {
      await oversightHandle().signal(signal);
    } catch (error) {
      if (isCancellation(error)) throw error;
      await startChild(oversight, {
        workflowId: workflowIds.oversight(code),
        args: [otherwise],
        // Handling of violations goes on for months after the campaign is closed.
        parentClosePolicy: ParentClosePolicy.ABANDON,
        workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
      });
    }
  }

  function oversightHandle() {
    return getExternalWorkflowHandle(workflowIds.oversight(code));
  }

  async function goOnAsNew(): Promise<never> {
    await condition(allHandlersFinished);
    return continueAsNew<typeof campaign>({ code, stage, deadline, answered: [...answered] });
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
