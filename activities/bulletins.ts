/** Bulletins (plan 4.4): their figures are frozen and drafted into a document, handed in, made public, corrected. */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import {
  findBulletin,
  insertBulletin,
  lockBulletin,
  moveBulletin,
  publishEdition,
  readBulletin,
  readBulletinStep,
  readGivenReasons,
  recordBulletinStep,
  storeFreeze,
  supervisedRegion,
  takeSnapshot,
  withdrawEditions,
  type BulletinRow,
} from '../db/bulletins';
import { addNotices } from '../db/notices';
import { usersWith } from '../db/recipients';
import type { BulletinInput, BulletinPlan } from '../domain/bulletins/commands';
import {
  bulletinRefusal,
  bulletinStageAfter,
  isBulletinCommandPossible,
  isBulletinOpen,
  type BulletinStage,
} from '../domain/bulletins/stages';
import { bulletinTitle, draftTexts } from '../domain/bulletins/texts';
import { dayOf } from '../domain/deadlines/working-days';
import { conflict } from '../domain/errors';
import { periodBefore } from '../domain/oversight/periods';
import { reportOf } from '../domain/oversight/report';
import type { Collaborators } from './collaborators';

export interface DraftedBulletin {
  number: string;
  stage: BulletinStage;
  /** Whether the workflow that asked carries it. */
  isOwn: boolean;
}

export function createBulletinActivities({ db, now }: Collaborators) {
  return {
    /** Computes and freezes the figures, and drafts the document; a period that has its bulletin keeps it. */
    draftBulletin: (plan: BulletinPlan & { workflowId: string }): Promise<DraftedBulletin> =>
      db.transaction(async (trx) => {
        const { kind, workflowId } = plan;
        const { period, region, createdBy } =
          plan.kind === 'special'
            ? plan
            : {
                period: periodBefore(plan.kind, dayOf(new Date(plan.scheduledAt))),
                region: await supervisedRegion(trx),
                createdBy: null,
              };
        const known = await findBulletin(trx, { workflowId, kind, from: period.from, region });
        if (known)
          return { number: known.number, stage: known.stage, isOwn: known.workflow_id === workflowId };
        const at = now();
        const snapshot = await takeSnapshot(trx, { period, region, asOf: at });
        const report = reportOf(snapshot.figures, snapshot.names);
        const bulletin = await insertBulletin(trx, {
          ...{ year: dayOf(at).slice(0, 4), kind, period, region, workflowId, createdBy },
          title: bulletinTitle(kind, report),
          texts: draftTexts(kind, report, await readGivenReasons(trx, { period, region })),
          now: at,
        });
        await storeFreeze(trx, bulletin.id, { snapshot, madeBy: createdBy, reason: '' });
        await recordBulletinStep(trx, bulletin.id, {
          ...{ key: 'draft', stage: 'draft', action: 'draft', reason: '', actorId: createdBy, at },
        });
        await appendAudit(trx, {
          actorId: createdBy,
          action: 'bulletin.draft',
          subject: `bulletin/${bulletin.number}`,
          after: { kind, period, region },
        });
        await tell(
          trx,
          bulletin,
          'draft',
          await writers(trx, region),
          '已拟出草稿，请核对、补充后提交审批。',
          at,
        );
        return { number: bulletin.number, stage: 'draft', isOwn: true };
      }),

    takeBulletinStep: (input: BulletinInput): Promise<BulletinStage> =>
      db.transaction(async (trx) => {
        const bulletin = await lockBulletin(trx, input.number);
        const before = await readBulletinStep(trx, bulletin.id, input.key);
        if (before) return before;
        const { command, reason, actorId } = input;
        if (!isBulletinCommandPossible(command, bulletin.stage))
          throw conflict('bulletin-stage', bulletinRefusal(command, bulletin.stage));
        const stage = bulletinStageAfter(command, bulletin.stage);
        const at = now();
        await carryOut(trx, bulletin, input, at);
        await moveBulletin(trx, bulletin.id, {
          stage,
          stage_at: at,
          ...(command === 'submit' ? { submitted_by: actorId } : {}),
          ...(['return', 'correct', 'withdraw'].includes(command) ? { stage_reason: reason } : {}),
          ...(command === 'correct' ? { correction: reason } : {}),
          ...(command === 'submit' || command === 'approve' ? { stage_reason: null } : {}),
          ...(command === 'approve' ? { correction: null } : {}),
        });
        await recordBulletinStep(trx, bulletin.id, {
          ...{ key: input.key, stage, action: command, reason, actorId, at },
        });
        await appendAudit(trx, {
          actorId,
          action: `bulletin.${command}`,
          subject: `bulletin/${bulletin.number}`,
          address: input.address,
          requestId: input.requestId,
          before: { stage: bulletin.stage },
          after: { stage, ...(reason === '' ? {} : { reason }) },
        });
        await tellOf(trx, bulletin, input, at);
        return stage;
      }),

    /** A draft that lies, or one that nobody decides on. */
    remindOfBulletin: (number: string): Promise<void> =>
      db.transaction(async (trx) => {
        const bulletin = await readBulletin(trx, number);
        const { stage, region_code: region } = bulletin;
        const isOpen = isBulletinOpen(stage);
        if (!isOpen && stage !== 'submitted') return;
        const recipients = isOpen ? await writers(trx, region) : await deciders(trx, region);
        const since = dayOf(bulletin.stage_at);
        const what = isOpen
          ? `自 ${since} 起待提交，请核对、补充后提交审批。`
          : `自 ${since} 起待审批，请批准或退回。`;
        await tell(trx, bulletin, `remind/${now().toISOString()}`, recipients, what, now());
      }),
  };
}

async function carryOut(
  trx: Knex,
  bulletin: BulletinRow,
  { command, actorId, reason }: BulletinInput,
  at: Date,
): Promise<void> {
  const period = { from: bulletin.from_day, to: bulletin.to_day };
  if (command === 'refreeze') {
    const snapshot = await takeSnapshot(trx, { period, region: bulletin.region_code, asOf: at });
    await storeFreeze(trx, bulletin.id, { snapshot, madeBy: actorId, reason });
  }
  if (command === 'approve') {
    if (bulletin.submitted_by === actorId) throw conflict('own-submission', '提交人不能批准自己提交的通报。');
    await publishEdition(trx, bulletin, { approvedBy: actorId, at });
  }
  if (command === 'withdraw') await withdrawEditions(trx, bulletin.id, { by: actorId, reason, at });
}

/** Those who have to go on with it; what was made public goes to every department. */
async function tellOf(trx: Knex, bulletin: BulletinRow, input: BulletinInput, at: Date): Promise<void> {
  const { command, key, reason } = input;
  const { region_code: region, title } = bulletin;
  switch (command) {
    case 'submit':
      return tell(trx, bulletin, key, await deciders(trx, region), '已提交，请审批。', at);
    case 'return':
      return tell(
        trx,
        bulletin,
        key,
        await writers(trx, region),
        `被退回：${reason}。请修改后重新提交。`,
        at,
      );
    case 'approve':
      return tell(trx, bulletin, key, await readers(trx), `已发布：《${title}》，请查阅并抓好整改。`, at);
    case 'withdraw':
      return tell(trx, bulletin, key, await readers(trx), `已撤回：${reason}。`, at);
    case 'correct':
    case 'refreeze':
      return;
  }
}

const tell = (
  trx: Knex,
  { number }: Pick<BulletinRow, 'number'>,
  key: string,
  recipients: readonly number[],
  what: string,
  at: Date,
): Promise<void> =>
  addNotices(trx, [
    {
      key: `bulletin/${number}/${key}`,
      kind: 'bulletin',
      campaignId: null,
      recipients,
      params: { number, what },
      notBefore: at,
    },
  ]);

const writers = (trx: Knex, region: string): Promise<number[]> =>
  usersWith(trx, { role: 'supervisor', regions: [region] });

const deciders = (trx: Knex, region: string): Promise<number[]> =>
  usersWith(trx, { role: 'approver', kind: 'leading-group', regions: [region] });

const readers = async (trx: Knex): Promise<number[]> => [
  ...new Set([
    ...(await usersWith(trx, { role: 'liaison' })),
    ...(await usersWith(trx, { role: 'approver' })),
    ...(await usersWith(trx, { role: 'coordinator' })),
  ]),
];
