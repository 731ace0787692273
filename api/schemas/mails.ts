import { z } from 'zod';
import { FAILED_STATUSES, MAIL_STATUSES } from '../../domain/notices/delivery';
import { instant, ref } from './common';
import { sight } from './personal-data';

export const mailCounts = z.object({
  byKind: z.array(z.object({ kind: z.string(), label: z.string(), notices: z.int(), mails: z.int() })),
  byStatus: z
    .array(z.object({ status: z.enum(['waiting', 'none', ...MAIL_STATUSES]), count: z.int() }))
    .meta({
      description:
        'waiting: notices whose digest is not composed yet; none: recipients without a mail address, or who want no mail of it; mails otherwise',
    }),
});

export const failedMail = z
  .object({
    id: z.int(),
    recipient: z.string(),
    department: ref.nullable(),
    channel: z.enum(['mail', 'messenger']),
    email: z.string().meta({ description: 'masked; of a message to the messenger: the username' }),
    emailSight: sight,
    subject: z.string(),
    status: z.enum(FAILED_STATUSES),
    attempts: z.int(),
    reply: z
      .string()
      .nullable()
      .meta({ description: 'the last answer of a mail server, addresses in it masked' }),
    createdAt: instant,
    failedAt: instant.nullable(),
  })
  .meta({ id: 'FailedMail' });

/** all: every notice; needed: only what asks something of the person, or says that something is late. */
export const noticePreferencesBody = z
  .object({ mail: z.enum(['all', 'needed']), messenger: z.enum(['all', 'needed', 'none']) })
  .meta({ id: 'NoticePreferencesBody' });

export const noticePreferences = noticePreferencesBody
  .extend({
    hasMessenger: z.boolean().meta({ description: 'whether the city has a messenger connected' }),
    informing: z.array(z.string()).meta({ description: 'what is for information only, in words' }),
  })
  .meta({ id: 'NoticePreferences' });
