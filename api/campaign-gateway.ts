import type { PlanInput } from '../domain/annual-plan/commands';
import type { PlanStage } from '../domain/annual-plan/stages';
import type { BulletinInput } from '../domain/bulletins/commands';
import type { BulletinStage } from '../domain/bulletins/stages';
import type { Command, Stage } from '../domain/campaigns';
import type { CommandInput, StepOutcome } from '../domain/commands';
import type { HandlingState, HandlingStep } from '../domain/handling/course';
import type { StepFacts } from '../domain/handling/step-facts';
import type { Period } from '../domain/oversight/figures';

export interface HandlingCommand {
  caseId: number;
  key: string;
  actorId: number;
  address: string | null;
  requestId: string | null;
  step: HandlingStep;
  note: string;
  facts?: StepFacts;
}

/** The way to the workflows that carry campaigns. Expected refusals come back as DomainErrors. */
export interface CampaignGateway {
  /** Sends a command as an update; by its key it is carried out once. Starts the workflow where it is missing. */
  command(command: Command, input: CommandInput, stage: Stage): Promise<StepOutcome>;
  /** Results, or somebody of a team who changed, have moved a campaign on: its oversight looks now rather than at the next due action. */
  resultsArrived(code: string): Promise<void>;
  /** Something is owed to a campaign that may have ended: its oversight looks now, and begins anew where it came to its end. */
  somethingOwed(campaign: { code: string; stage: Stage }): Promise<void>;
  /** Violations were found: the workflow of each carries what follows. One that runs is left alone. */
  startHandling(caseId: number): Promise<void>;
  takeHandlingStep(command: HandlingCommand): Promise<HandlingState>;
  /** A command on the plan of a year, by its workflow; starts it where it is missing. */
  commandPlan(input: PlanInput, plan: { stage: PlanStage; version: number }): Promise<PlanStage>;
  /** Its lines have changed, or a process that knew died: the published plan's workflow looks now. */
  planChanged(plan: { year: number; stage: PlanStage }): Promise<void>;
  /** Has a bulletin of any period drafted; its number. */
  draftBulletin(plan: { key: string; period: Period; region: string; createdBy: number }): Promise<string>;
  /** A command on a bulletin, by its workflow; starts it where it is missing. */
  commandBulletin(
    bulletin: { workflowId: string; stage: BulletinStage; region: string },
    input: BulletinInput,
  ): Promise<BulletinStage>;
  wakeNotices(): Promise<void>;
  /** There is a file to import. */
  wakeImports(kind: string): Promise<void>;
  /** There is a rule of tags to save. */
  wakeTagRuleSaves(): Promise<void>;
  isReady(): Promise<boolean>;
}
