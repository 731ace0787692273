import { z } from 'zod';
import { deadlinePolicy } from '../../domain/deadlines/policy';
import { TASK_KINDS } from '../../domain/notices/kinds';
import { day, instant, pageQuery } from './common';

export const deadlinePolicyBody = z
  .object({
    policy: deadlinePolicy,
    reason: z.string().trim().min(1, '请写明理由').max(1000),
    validFrom: day,
  })
  .meta({ id: 'DeadlinePolicyBody' });

const command = z.enum(['submit', 'return', 'approve']);

export const deadlinePolicyVersion = z
  .object({
    version: z.int(),
    status: z.enum(['draft', 'submitted', 'returned', 'approved']),
    inForce: z.boolean().meta({ description: 'what is planned today goes by it' }),
    policy: deadlinePolicy,
    reason: z.string(),
    validFrom: day,
    author: z.string(),
    submittedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    decisionNote: z.string(),
    mayEdit: z.boolean(),
    possibleCommands: z.array(command),
  })
  .meta({ id: 'DeadlinePolicyVersion' });

export const deadlinePolicyList = z.object({
  rows: z.array(deadlinePolicyVersion),
  preset: deadlinePolicy.meta({ description: 'what counts where no version is in force' }),
  mayCreate: z.boolean(),
});

export const deadlinePolicyCommand = z.object({
  command,
  note: z.string().trim().max(1000).default(''),
});

export const previewExportQuery = z.object({
  version: z.coerce.number().int().min(1).optional().meta({
    description: 'as if all open tasks went by this version; missing: by what each goes by',
  }),
  person: z.string().trim().max(40).optional().meta({ description: 'a part of the name' }),
});

export const previewQuery = pageQuery.extend(previewExportQuery.shape);

export const previewRow = z
  .object({
    day,
    at: instant,
    person: z.string(),
    action: z.enum(['remind', 'overdue', 'urge', 'escalate']),
    urgency: z.enum(['digest', 'at-once']),
    kind: z.enum(TASK_KINDS),
    department: z.string(),
    tasks: z.int(),
    dueAt: instant,
  })
  .meta({ id: 'ReminderPreviewRow' });
