import type { Knex } from 'knex';
import { DEFAULT_HANDLING, type HandlingPolicy } from '../domain/handling/policy';

interface HandlingPolicyRow {
  /** 0: the defaults, before anybody set something. */
  version: number;
  content: HandlingPolicy;
  reason: string;
  author: string | null;
  created_at: Date | null;
}

/** All versions, the one in force first. */
export async function listHandlingPolicies(db: Knex): Promise<HandlingPolicyRow[]> {
  const rows = await db('handling_policies as p')
    .join('users as u', 'u.id', 'p.created_by')
    .orderBy('p.version', 'desc')
    .select<HandlingPolicyRow[]>('p.version', 'p.content', 'p.reason', 'p.created_at', { author: 'u.name' });
  return [...rows, { version: 0, content: DEFAULT_HANDLING, reason: '', author: null, created_at: null }];
}

export async function readHandlingPolicy(db: Knex): Promise<HandlingPolicy> {
  const row = await db('handling_policies')
    .orderBy('version', 'desc')
    .first<{ content: HandlingPolicy } | undefined>('content');
  return row?.content ?? DEFAULT_HANDLING;
}

export async function addHandlingPolicy(
  trx: Knex,
  policy: { content: HandlingPolicy; reason: string; createdBy: number; at: Date },
): Promise<void> {
  await trx('handling_policies').insert({
    content: JSON.stringify(policy.content),
    reason: policy.reason,
    created_by: policy.createdBy,
    created_at: policy.at,
  });
}
