import { z } from 'zod';
import { FAILED_STATUSES, MAIL_STATUSES } from '../../domain/notices/delivery';
import { instant, ref } from './common';

export const mailCounts = z.object({
  byKind: z.array(z.object({ kind: z.string(), label: z.string(), notices: z.int(), mails: z.int() })),
  byStatus: z
    .array(z.object({ status: z.enum(['waiting', 'none', ...MAIL_STATUSES]), count: z.int() }))
    .meta({
      description:
        'waiting: notices whose digest is not composed yet; none: recipients without a mail address; mails otherwise',
    }),
});

export const failedMail = z
  .object({
    id: z.int(),
    recipient: z.string(),
    department: ref.nullable(),
    email: z.string(),
    subject: z.string(),
    status: z.enum(FAILED_STATUSES),
    attempts: z.int(),
    reply: z.string().nullable().meta({ description: 'the last answer of a mail server, as it gave it' }),
    createdAt: instant,
    failedAt: instant.nullable(),
  })
  .meta({ id: 'FailedMail' });
