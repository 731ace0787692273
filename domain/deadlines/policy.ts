import { z } from 'zod';
import { TASK_KINDS, type TaskKind } from '../notices/kinds';

/** Who can be told of a step; whoever stands in for one of them during leave is told as well. */
export const RECIPIENTS = ['responsible', 'liaison', 'head', 'lead', 'supervision', 'leading-group'] as const;

export type Recipient = (typeof RECIPIENTS)[number];

const policyStep = z.object({
  name: z.string().min(1).max(40),
  /** Counts units from the due instant; negative is before. */
  offset: z.int().min(-250).max(250),
  action: z.enum(['remind', 'overdue', 'urge', 'escalate']),
  /** Missing: `USUAL_RECIPIENTS` of the action. */
  to: z.array(z.enum(RECIPIENTS)).optional(),
  /** Missing: with the day's digest. Urging orders come at once whatever is said here. */
  urgency: z.enum(['digest', 'at-once']).optional(),
});

export type PolicyStep = z.infer<typeof policyStep>;

/** In order of time. */
const steps = z
  .array(policyStep)
  .min(1)
  .max(20)
  .refine((list) => list.every((step, at) => at === 0 || step.offset >= (list[at - 1]?.offset ?? 0)), {
    error: '各步骤应按时间先后排列',
  });

const extension = z.object({
  /** In units, over all requests of one task; 0: not at all. */
  most: z.int().min(0).max(60),
  /** Asked for at the latest when it is overdue by so many units. */
  overdueBy: z.int().min(0).max(20),
});

const kindRow = z.object({
  /** In place of that of `durations`. */
  duration: z.int().min(1).max(250).optional(),
  steps: steps.optional(),
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
    /** Of all kinds that have none of their own. */
    steps,
    /** What is different for tasks of one kind. */
    byKind: z.partialRecord(z.enum(TASK_KINDS), kindRow).optional(),
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
export type DeadlineAction = PolicyStep['action'];

const USUAL_RECIPIENTS: Record<DeadlineAction, readonly Recipient[]> = {
  remind: ['responsible'],
  overdue: ['responsible', 'liaison', 'head'],
  urge: ['responsible', 'liaison', 'head', 'lead', 'supervision'],
  escalate: ['leading-group', 'supervision'],
};

export const recipientsOf = (step: Pick<PolicyStep, 'action' | 'to'>): readonly Recipient[] =>
  step.to ?? USUAL_RECIPIENTS[step.action];

export const stepsOf = (policy: DeadlinePolicy, kind: string): readonly PolicyStep[] =>
  policy.byKind?.[kind as TaskKind]?.steps ?? policy.steps;

/** Names the deadlines of one kind apart where it has steps of its own. */
export const ruleOf = (policy: DeadlinePolicy, kind: string): string =>
  policy.byKind?.[kind as TaskKind]?.steps ? kind : '';

const DURATIONS: Record<Exclude<TaskKind, 'launch'>, keyof DeadlinePolicy['durations']> = {
  seal: 'sealing',
  reveal: 'revealing',
  'approve-inspections': 'answer',
  'decide-recusal': 'answer',
  'decide-correction': 'answer',
  'revise-correction': 'answer',
  // 20 working days, as for objections to a listing (企业经营异常名录管理暂行办法, article 12; for the city to check).
  'answer-objection': 'publication',
  results: 'results',
  publish: 'publication',
  'answer-urging': 'answer',
  'changed-entity': 'answer',
  'changed-inspector': 'answer',
  'void-ceremony': 'answer',
  rectify: 'rectification',
  recheck: 'rectification',
  decide: 'rectification',
  hear: 'answer',
  'decide-extension': 'answer',
  'decide-listing': 'answer',
  'decide-repair': 'answer',
  'joint-measure': 'rectification',
  'lift-measure': 'rectification',
};

/** How long a task of a kind may take; what is to be launched is due on the last day of its window. */
export const durationOf = (policy: DeadlinePolicy, kind: TaskKind): number =>
  kind === 'launch' ? 0 : (policy.byKind?.[kind]?.duration ?? policy.durations[DURATIONS[kind]]);

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
