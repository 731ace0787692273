import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { releaseKey, storeAnswer, takeKey } from '../../db/idempotency';
import { invalid } from '../../domain/errors';

export interface Answered {
  status: number;
  body: unknown;
}

export interface KeyedRequest {
  userId: number;
  key: string;
  path: string;
  body: unknown;
}

/**
 * Takes the key, does the work and keeps the answer in one transaction: a process that dies leaves nothing of it, and a
 * repeated request gets the first answer; one at the same time waits for it. Failures are not kept: the same key may be
 * tried again.
 */
export function onceInTransaction(
  db: Knex,
  request: KeyedRequest,
  work: (trx: Knex) => Promise<Answered>,
): Promise<Answered> {
  return db.transaction(async (trx) => {
    const kept = await takeOrRead(trx, request);
    if (kept) return kept;
    const answer = await work(trx);
    await storeAnswer(trx, request.userId, request.key, answer.status, answer.body);
    return answer;
  });
}

/**
 * For work that a workflow carries out once under the same key: where the first answer was not kept, because a process
 * died or is still at it, the repeated request asks the workflow again.
 */
export async function onceByWorkflow(
  db: Knex,
  request: KeyedRequest,
  work: () => Promise<Answered>,
): Promise<Answered> {
  const { userId, key } = request;
  const kept = await takeOrRead(db, request);
  if (kept) return kept;
  let answer: Answered;
  try {
    answer = await work();
  } catch (error) {
    await releaseKey(db, userId, key).catch(() => undefined);
    throw error;
  }
  await storeAnswer(db, userId, key, answer.status, answer.body);
  return answer;
}

async function takeOrRead(db: Knex, { userId, key, path, body }: KeyedRequest): Promise<Answered | null> {
  const requestHash = createHash('sha256')
    .update(`${path}\n${JSON.stringify(body ?? null)}`)
    .digest('hex');
  const before = await takeKey(db, userId, key, requestHash);
  if (!before) return null;
  if (before.request_hash !== requestHash) {
    throw invalid('idempotency-key-reused', '这个 Idempotency-Key 已用于另一个请求，请换一个。');
  }
  return before.status === null ? null : { status: before.status, body: before.body };
}
