import { z } from 'zod';

const extension = z.object({
  /** In units, over all requests of one task; 0: not at all. */
  most: z.int().min(0).max(60),
  /** Asked for at the latest when it is overdue by so many units. */
  overdueBy: z.int().min(0).max(20),
});

/**
 * How long things may take and what happens around a due date (plan 4.2, 4.4; domain guide, section 3).
 * The unit is Chinese working days in a city's life and seconds in the demo and in tests; the code is the same.
 */
export const deadlinePolicy = z
  .object({
    unit: z.enum(['working-days', 'seconds']),
    durations: z.object({
      /** Departments seal after the freeze. */
      sealing: z.int().min(1),
      /** Departments reveal after the last seal. */
      revealing: z.int().min(1),
      /** Results are owed this long after the last day of the visits. In seconds: after the dispatch. */
      results: z.int().min(1),
      /** Publication after the visit is finished: 20 working days by 国发〔2019〕5号. */
      publication: z.int().min(1),
      /** An urging order is answered within. */
      answer: z.int().min(1),
      /** A rectification order is carried out within. */
      rectification: z.int().min(1),
    }),
    /** In order of time. `offset` counts units from the due instant; negative is before. */
    steps: z
      .array(
        z.object({
          name: z.string().min(1).max(40),
          offset: z.int(),
          action: z.enum(['remind', 'overdue', 'urge', 'escalate']),
        }),
      )
      .min(1)
      .refine((steps) => steps.every((step, at) => at === 0 || step.offset >= (steps[at - 1]?.offset ?? 0)), {
        error: '各步骤应按时间先后排列',
      }),
    /** How far a task may be put off on request; missing: `USUAL_EXTENSION`. */
    extension: extension.optional(),
    /** Local time at which the day's digest is mailed; ignored where the unit is seconds. */
    digestAt: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .default('08:30'),
  })
  .meta({ id: 'DeadlinePolicy' });

export type DeadlinePolicy = z.infer<typeof deadlinePolicy>;
export type DeadlineAction = DeadlinePolicy['steps'][number]['action'];

/** Where a policy says nothing: ten units in all, asked for before the task is overdue. */
const USUAL_EXTENSION = { most: 10, overdueBy: 0 };

export const extensionRule = (policy: DeadlinePolicy): z.infer<typeof extension> =>
  policy.extension ?? USUAL_EXTENSION;

/** The guide's defaults: reminders 5 and 1 working days before and on the day, then overdue, urging order, leading group. */
export const CITY_POLICY: DeadlinePolicy = {
  unit: 'working-days',
  durations: { sealing: 2, revealing: 2, results: 3, publication: 20, answer: 3, rectification: 15 },
  steps: [
    { name: 'remind-5', offset: -5, action: 'remind' },
    { name: 'remind-1', offset: -1, action: 'remind' },
    { name: 'due-today', offset: 0, action: 'remind' },
    { name: 'overdue', offset: 1, action: 'overdue' },
    { name: 'urge', offset: 3, action: 'urge' },
    { name: 'escalate', offset: 5, action: 'escalate' },
  ],
  digestAt: '08:30',
};
