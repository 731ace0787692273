/**
 * A bulletin of the supervision office (plan 4.4), started by the schedule or by hand: its figures are computed and
 * frozen, a draft is made of them, edited by the office, handed in, approved by somebody else and so made public and
 * sent. One that lies is reminded of. Later it can be corrected, by the same procedure, or withdrawn.
 */
import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineUpdate,
  proxyActivities,
  setHandler,
  workflowInfo,
  ApplicationFailure,
} from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { Activities } from '../activities';
import type { BulletinInput } from '../domain/bulletins/commands';
import {
  bulletinRefusal,
  isBulletinCommandPossible,
  isBulletinOpen,
  type BulletinStage,
} from '../domain/bulletins/stages';
import type { Period } from '../domain/oversight/figures';
import type { BulletinKind } from '../domain/oversight/periods';
import { takingTurns } from './in-turn';
import { wakeNotices } from './wake-notices';

export const bulletinCommand = defineUpdate<BulletinStage, [BulletinInput]>('bulletinCommand');
/** The bulletin's number, as soon as its draft is there. */
export const bulletinDrafted = defineUpdate<string>('bulletinDrafted');

export type BulletinStart =
  /** By the schedule: about the period before the time it was scheduled for. */
  | { kind: Exclude<BulletinKind, 'special'> }
  | { kind: 'special'; period: Period; region: string; createdBy: number }
  /** One whose workflow was lost or grew long. */
  | { number: string; stage: BulletinStage };

const REMIND_AFTER = '3 days';

const { draftBulletin, takeBulletinStep, remindOfBulletin } = proxyActivities<Activities>({
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '500 milliseconds', maximumInterval: '30 seconds' },
});

export async function bulletin(start: BulletinStart): Promise<BulletinStage> {
  let number = 'number' in start ? start.number : '';
  let stage: BulletinStage = 'number' in start ? start.stage : 'draft';
  let commands = 0;
  const inTurn = takingTurns();
  setHandler(bulletinDrafted, async () => {
    await condition(() => number !== '');
    return number;
  });
  setHandler(bulletinCommand, (input) => inTurn(() => carryOut(input)), { validator: refuseImpossible });

  if (!('number' in start)) {
    const drafted = await draftBulletin({
      workflowId: workflowInfo().workflowId,
      ...(start.kind === 'special' ? start : { kind: start.kind, scheduledAt: scheduledAt().toISOString() }),
    });
    number = drafted.number;
    stage = drafted.stage;
    await wakeNotices();
    // The period has its bulletin, which another workflow carries.
    if (!drafted.isOwn) return stage;
  }
  for (;;) {
    const seen = commands;
    const isMoved = () => commands !== seen || workflowInfo().continueAsNewSuggested;
    // What is public waits to be corrected or withdrawn, however long.
    if (!isUnderWay()) await condition(isMoved);
    else if (!(await condition(isMoved, REMIND_AFTER))) {
      await remindOfBulletin(number);
      await wakeNotices();
    }
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      await continueAsNew<typeof bulletin>({ number, stage });
    }
  }

  async function carryOut(input: BulletinInput): Promise<BulletinStage> {
    stage = await takeBulletinStep(input);
    commands += 1;
    await wakeNotices();
    return stage;
  }

  /** By the stage as it is here; the activity knows commands that arrive twice. */
  function refuseImpossible({ command }: BulletinInput): void {
    if (isBulletinCommandPossible(command, stage)) return;
    throw ApplicationFailure.create({
      type: 'bulletin-stage',
      message: bulletinRefusal(command, stage),
      nonRetryable: true,
      details: [{ kind: 'conflict', fields: [] }],
    });
  }

  function isUnderWay(): boolean {
    return isBulletinOpen(stage) || stage === 'submitted';
  }
}

const SCHEDULED_AT = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME);

/** A schedule that catches up after an outage starts late: the time it was meant for decides. */
function scheduledAt(): Date {
  return workflowInfo().typedSearchAttributes.get(SCHEDULED_AT) ?? workflowInfo().startTime;
}
