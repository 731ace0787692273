import type { Knex } from 'knex';
import {
  listBulletinSteps,
  listEditions,
  listFreezes,
  type BulletinListRow,
  type BulletinRow,
  type EditionRow,
  type FreezeRow,
} from '../../db/bulletins';
import { listDepartments, readNames } from '../../db/organisation';
import type { Snapshot } from '../../domain/bulletins/snapshot';
import {
  BULLETIN_COMMANDS,
  isBulletinCommandPossible,
  isBulletinOpen,
  type BulletinCommand,
} from '../../domain/bulletins/stages';
import { notFound } from '../../domain/errors';
import { periodText } from '../../domain/oversight/periods';
import { reportOf, type Names } from '../../domain/oversight/report';
import { mayApproveBulletins, mayWriteBulletins } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';

type Headed = Pick<BulletinListRow, 'number' | 'kind' | 'from_day' | 'to_day' | 'region_code' | 'title'>;

export function headOf(row: Headed, names: Names) {
  const period = { from: row.from_day, to: row.to_day };
  return {
    number: row.number,
    kind: row.kind,
    period,
    periodText: periodText(row.kind, period),
    region: { code: row.region_code, name: names.regions[row.region_code] ?? row.region_code },
    title: row.title,
  };
}

export const summaryOf = (row: BulletinListRow, names: Names) => ({
  ...headOf(row, names),
  stage: row.stage,
  createdAt: row.created_at.toISOString(),
  publishedAt: row.published_at?.toISOString() ?? null,
});

export const snapshotOf = (freeze: Pick<FreezeRow, 'snapshot'>): Snapshot =>
  JSON.parse(freeze.snapshot) as Snapshot;

export function reportIn(freeze: Pick<FreezeRow, 'snapshot'>) {
  const { figures, names } = snapshotOf(freeze);
  return reportOf(figures, names);
}

/** A bulletin as the office sees it, with what the asking person may do. */
export async function bulletinOf(db: Knex, row: BulletinRow, actor: Actor) {
  const [freezes, editions, history, names] = await Promise.all([
    listFreezes(db, row.id),
    listEditions(db, row.id),
    listBulletinSteps(db, row.id),
    readNames(db),
  ]);
  const [newest] = freezes;
  if (!newest) throw notFound('bulletin-not-found', `通报 ${row.number} 没有冻结的数字。`);
  const commands = await commandsFor(db, row, actor);
  return {
    ...summaryOf({ ...row, published_at: editions[0]?.published_at ?? null }, names),
    texts: row.texts,
    version: row.version,
    stageReason: row.stage_reason,
    report: reportIn(newest),
    freezes: freezes.map(({ number, sha256, as_of, made_by, reason }) => ({
      ...{ number, sha256, reason },
      asOf: as_of.toISOString(),
      madeBy: made_by,
    })),
    editions: editions.map((one) => ({
      ...editionOf(one),
      submittedBy: one.submitted_by,
      approvedBy: one.approved_by,
    })),
    history: history.map(({ at, ...step }) => ({ ...step, at: at.toISOString() })),
    mayEdit: isBulletinOpen(row.stage) && mayWriteBulletins(actor, row.region_code),
    possibleCommands: commands,
  };
}

export const editionOf = (row: EditionRow) => ({
  edition: row.edition,
  freeze: row.freeze_number,
  title: row.title,
  publishedAt: row.published_at.toISOString(),
  correction: row.correction,
  withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  withdrawalReason: row.withdrawal_reason,
});

export async function commandsFor(db: Knex, row: BulletinRow, actor: Actor): Promise<BulletinCommand[]> {
  const writes = mayWriteBulletins(actor, row.region_code);
  const groups = (await listDepartments(db)).filter((one) => one.kind === 'leading-group');
  const decides = mayApproveBulletins(
    actor,
    row.region_code,
    groups.map((one) => one.code),
  );
  return BULLETIN_COMMANDS.filter((command) => {
    if (!isBulletinCommandPossible(command, row.stage)) return false;
    if (command === 'return') return decides;
    // Nobody approves what they submitted.
    return command === 'approve' ? decides && row.submitted_by !== actor.id : writes;
  });
}
