import { z } from 'zod';
import { instant } from './common';

const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** By fields of an entry; an action or subject that ends in `*` stands for all that begin so. */
export const auditFilter = z.object({
  actor: z.string().max(60).optional().meta({ description: 'username; - for the system itself' }),
  action: z.string().max(80).optional().meta({ example: 'campaign.*' }),
  subject: z.string().max(200).optional().meta({ example: 'campaign/2026-001' }),
  address: z.string().max(60).optional(),
  from: z.iso.date().optional().meta({ description: 'first day, Asia/Shanghai' }),
  to: z.iso.date().optional().meta({ description: 'last day, Asia/Shanghai' }),
});

export const auditEntry = z
  .object({
    seq: z.int(),
    place: z.int().nullable().meta({ description: 'in the chain; null: it gets one within a second' }),
    at: instant,
    actor: z
      .object({ username: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'null: the system' }),
    action: z.string(),
    subject: z.string(),
    address: z.string().nullable(),
    requestId: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    hash: digest.nullable(),
  })
  .meta({ id: 'AuditEntry' });

export const auditCheckpoint = z
  .object({
    size: z.int(),
    root: digest,
    at: instant,
    reason: z.string(),
    keyId: z.string(),
    note: z.string().meta({ description: 'signed note, https://c2sp.org/tlog-checkpoint' }),
  })
  .meta({ id: 'AuditCheckpoint' });

export const auditState = z
  .object({
    entries: z.int(),
    pending: z.int(),
    pendingSince: instant.nullable(),
    checkpoint: auditCheckpoint.nullable(),
    check: z
      .object({
        at: instant,
        entries: z.int(),
        seconds: z.number(),
        problems: z.array(z.record(z.string(), z.unknown())),
      })
      .nullable()
      .meta({ description: 'the last time the whole log was gone through' }),
  })
  .meta({ id: 'AuditState' });

export const auditKey = z
  .object({
    id: z.string(),
    key: z.string().meta({ description: 'name+id+base64, as signed notes have it' }),
    since: instant,
  })
  .meta({ id: 'AuditKey' });

export const inclusionProof = z
  .object({
    place: z.int(),
    size: z.int(),
    hash: digest.meta({ description: 'of the entry in the chain; the leaf is SHA-256(0x00 ‖ hash)' }),
    root: digest,
    path: z.array(digest).meta({ description: 'RFC 9162, 2.1.3' }),
  })
  .meta({ id: 'AuditInclusionProof' });

export const consistencyProof = z
  .object({
    first: z.object({ size: z.int(), root: digest }),
    second: z.object({ size: z.int(), root: digest }),
    path: z.array(digest).meta({ description: 'RFC 9162, 2.1.4' }),
  })
  .meta({ id: 'AuditConsistencyProof' });
