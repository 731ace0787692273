/** Names that several processes must agree on. */

/** Temporal task queue of all OneVisit workflows and activities. */
export const TASK_QUEUE = 'onevisit';

/** Of workers that see the folder by which files are exchanged with other systems (docs/exchange.md). */
export const EXCHANGE_QUEUE = 'onevisit-exchange';

/** Header in which the number and trace of a request go through workflows (workflows/carry-trace.ts). */
export const CARRIED_HEADER = 'onevisit-carried';

/** Workflow ids are derived from what the workflow carries, so that starting one twice is a no-op. */
export const workflowIds = {
  campaign: (code: string) => `campaign/${code}`,
  oversight: (code: string) => `oversight/${code}`,
  handling: (caseId: number) => `handling/${String(caseId)}`,
  imports: (kind: string) => `imports/${kind}`,
  tagRuleSaves: 'tag-rule-saves',
  /** By hand; the schedule names those that it starts. */
  bulletin: (key: string) => `bulletin/special/${key}`,
  annualPlan: (year: number) => `annual-plan/${String(year)}`,
  notices: 'notices',
  exchange: 'exchange',
  mailReports: 'mail-reports',
  deliveries: 'deliveries',
} as const;

/** The draw protocol this build implements (docs/draw-protocol.md). */
export const DRAW_PROTOCOL = 'onevisit-draw/1';

/**
 * What an operator finds workflows by in Temporal's own page (docs/operations/temporal.md). A list has several values; the names
 * stay as they are, being known to every namespace.
 */
export const SEARCH_ATTRIBUTES = {
  campaign: { name: 'OneVisitCampaign', isList: false },
  /** Of a campaign: the lead. Of a handling case: who handles it. */
  department: { name: 'OneVisitDepartment', isList: false },
  stage: { name: 'OneVisitStage', isList: false },
  regions: { name: 'OneVisitRegions', isList: true },
  caseId: { name: 'OneVisitCase', isList: false },
  entity: { name: 'OneVisitEntity', isList: false },
} as const;
