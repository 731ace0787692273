import { z } from 'zod';
import { deadlinePolicy } from '../../domain/deadlines/policy';
import { TASK_KINDS } from '../../domain/notices/kinds';
import { day, instant, pageQuery } from './common';
import { policyDraft, policyVersion } from './policy-versions';

export const deadlinePolicyBody = policyDraft
  .extend({ policy: deadlinePolicy })
  .meta({ id: 'DeadlinePolicyBody' });

export const deadlinePolicyVersion = policyVersion
  .extend({ policy: deadlinePolicy })
  .meta({ id: 'DeadlinePolicyVersion' });

export const deadlinePolicyList = z.object({
  rows: z.array(deadlinePolicyVersion),
  preset: deadlinePolicy.meta({ description: 'what counts where no version is in force' }),
  mayCreate: z.boolean(),
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
