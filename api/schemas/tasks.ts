import { z } from 'zod';
import { MAIL_STATUSES } from '../../domain/notices/delivery';
import { TASK_KINDS } from '../../domain/notices/kinds';
import { day, departmentCode, instant, pageQuery, ref } from './common';
import { extension } from './task-changes';

export const task = z
  .object({
    id: z.int(),
    kind: z.string(),
    title: z.string(),
    campaign: ref.nullable().meta({ description: 'null: owed to the annual plan of `planYear`' }),
    planYear: z.int().nullable(),
    visitId: z.int().nullable(),
    caseId: z.int().nullable(),
    department: ref,
    assignee: z.string().nullable(),
    dueAt: instant,
    workingDaysLeft: z.int().nullable().meta({
      description: 'of an open task; negative where it is overdue; null where its deadline counts seconds',
    }),
    provisional: z.boolean().meta({ description: 'due date rests on holidays not announced yet' }),
    state: z.enum(['open', 'overdue', 'done', 'done-late', 'cancelled']),
    doneAt: instant.nullable(),
    why: z.string().meta({ description: 'why this task is with this person' }),
    advice: z.string().nullable().meta({ description: 'what to choose from, where there is a choice' }),
    inspector: z.string().nullable().meta({ description: 'whose replacement is in question' }),
    onBehalfOf: z.string().nullable().meta({ description: 'whose it is, where who asks stands in for them' }),
    note: z
      .string()
      .nullable()
      .meta({ description: 'what its holder found, where they close it by their word' }),
    mayComplete: z.boolean().meta({ description: 'whether the asking person may close it by their word' }),
  })
  .meta({ id: 'Task' });

export const taskCompletion = z.object({
  note: z.string().trim().min(5, '请写明核查的情况和结论').max(2000),
});

export const taskExportQuery = z.object({
  scope: z.enum(['mine', 'department', 'all']).default('mine'),
  campaign: z.string().max(40).optional(),
  state: z.enum(['open', 'overdue', 'done', 'any']).default('open'),
  kind: z.enum(TASK_KINDS).optional(),
  department: departmentCode.optional(),
  dueFrom: day.optional(),
  dueTo: day.optional().meta({ description: 'this day included' }),
});

export const taskQuery = pageQuery.extend(taskExportQuery.shape);

export const taskDetail = task
  .extend({
    createdAt: instant,
    doneBy: z.string().nullable(),
    standIn: z.string().nullable().meta({ description: 'who stands in for the person today' }),
    extensions: z.array(extension),
    extension: z.object({
      mayRequest: z.boolean().meta({ description: 'by who asks, now' }),
      refusal: z.string().nullable().meta({ description: 'why it can not be asked for, to who could ask' }),
      most: z.int().meta({ description: 'by how many units at most it can still be put off' }),
      latest: instant,
    }),
    reassignment: z
      .object({ candidates: z.array(z.object({ id: z.int(), name: z.string() })) })
      .nullable()
      .meta({ description: 'null: who asks may not give it to somebody else' }),
    rule: z.string().meta({ description: 'the rule by which the task came to whom it came, with the draw' }),
    history: z.array(
      z.object({
        at: instant,
        kind: z.enum([
          'created',
          'reminded',
          'told-overdue',
          'urged',
          'escalated',
          'order',
          'reassigned',
          'extended',
          'extension-requested',
          'extension-refused',
          'extension-withdrawn',
          'done',
          'cancelled',
        ]),
        actor: z.string().nullable(),
        text: z.string(),
        told: z
          .array(
            z.object({
              name: z.string(),
              mail: z.enum(['waiting', 'none', ...MAIL_STATUSES]),
            }),
          )
          .meta({ description: 'who was told, and what became of the mail' }),
      }),
    ),
  })
  .meta({ id: 'TaskDetail' });
