import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { releaseKey, storeAnswer, takeKey } from '../../db/idempotency';
import { conflict, invalid } from '../../domain/errors';

export interface Answered {
  status: number;
  body: unknown;
}

/** A request whose process died with its work is taken up again after this time: commands are carried out once anyway. */
const ABANDONED_MS = 60_000;

/**
 * Answers a repeated request with the first answer. Failures are not kept: the same key may be tried again.
 */
export async function once(
  db: Knex,
  request: { userId: number; key: string; path: string; body: unknown },
  work: () => Promise<Answered>,
): Promise<Answered> {
  const { userId, key } = request;
  const requestHash = createHash('sha256')
    .update(`${request.path}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex');
  const before = await takeKey(db, userId, key, requestHash);
  if (before) {
    if (before.request_hash !== requestHash) {
      throw invalid('idempotency-key-reused', '这个 Idempotency-Key 已用于另一个请求，请换一个。');
    }
    if (before.status !== null) return { status: before.status, body: before.body };
    if (Date.now() - before.created_at.getTime() < ABANDONED_MS) {
      throw conflict('in-progress', '同一请求正在处理，请稍候再查。');
    }
  }
  try {
    const answer = await work();
    await storeAnswer(db, userId, key, answer.status, answer.body);
    return answer;
  } catch (error) {
    // Nothing was done: the same key may be tried again, mended or later.
    await releaseKey(db, userId, key).catch(() => undefined);
    throw error;
  }
}
