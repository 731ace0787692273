/** What somebody with a visit's code sees and may do, without signing in. */
import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { countFailures, recordFailure } from '../../db/sessions';
import { findCode, type CodePurpose, type PapersRow } from '../../db/visit-papers';
import { DomainError, invalidField, notFound } from '../../domain/errors';
import { readCode } from '../../domain/visits/notice-code';
import { hashToken } from '../middleware/session-cookie';
import { entityResultsOf } from './objections';
import { knownPapers, noticeFactsOf } from './papers';

const MAX_FAILURES = 20;
const WINDOW_MS = 15 * 60_000;

/** The visit that a code is for; who tries codes is stopped, known by a hash of the address alone. */
export async function visitByCode(
  db: Knex,
  typed: string,
  address: string | null,
  now: Date,
): Promise<{ row: PapersRow; purpose: CodePurpose }> {
  const who = `notice/${createHash('sha256')
    .update(address ?? '')
    .digest('hex')}`;
  if ((await countFailures(db, who, new Date(now.getTime() - WINDOW_MS))) >= MAX_FAILURES) {
    throw new DomainError('unavailable', 'too-many-attempts', '输错的次数过多，请 15 分钟后再试。');
  }
  const code = readCode(typed);
  const found = code === null ? null : await findCode(db, hashToken(code), now);
  if (!found) {
    await recordFailure(db, who, now);
    throw notFound(
      'notice-not-found',
      '编码不对或已失效：请核对通知书上的编码，或请检查人员重新出示二维码。',
    );
  }
  return { row: await knownPapers(db, found.visitId), purpose: found.purpose };
}

/** Arrival is confirmed by the code on the inspectors' phone alone: who has it stands before them. */
export async function openNoticeOf(db: Knex, row: PapersRow, purpose: CodePurpose, now: Date) {
  const facts = await noticeFactsOf(db, row);
  const isOpen = row.finished_at === null;
  const isBefore = isOpen && facts.trace === null;
  return {
    ...facts,
    results: await entityResultsOf(db, row, now),
    mayAskRecusal: isOpen,
    mayConfirmArrival: purpose === 'on-site' && isBefore,
    mayConfirmLeaving: facts.trace !== null && facts.trace.leftAt === null,
    mayRate: facts.rating === null && (!isOpen || (facts.trace?.leftAt ?? null) !== null),
  };
}

/** Members of the team by their codes, as they go on record. */
export function peopleOf(
  row: PapersRow,
  codes: readonly string[],
): Omit<PapersRow['inspectors'][number], 'user'>[] {
  const people = row.inspectors.filter((one) => codes.includes(one.code));
  if (people.length < new Set(codes).size)
    throw invalidField('not-of-the-team', 'people', '所选的人员中有的不在该户的检查组。');
  return people.map(({ code, name, department, certificate }) => ({ code, name, department, certificate }));
}
