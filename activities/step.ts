/**
 * One command on a campaign, carried out once: whatever runs it twice finds the outcome of the first run.
 */
import type { Knex } from 'knex';
import { appendAudit } from '../db/audit';
import { readStep, recordStep, stepKey } from '../db/campaign-steps';
import { lockCampaign, moveStage, type CampaignRow } from '../db/campaigns';
import type { Stage } from '../domain/campaigns';
import type { CommandInput, StepOutcome } from '../domain/commands';

export interface StepEffect {
  stage: Stage;
  note?: string;
  deadline?: Date;
  /** Public reason that stays with the stage (returned, void, cancelled). */
  reason?: string;
  /** For the audit log, beside the stage. */
  after?: Record<string, unknown>;
}

export type Step = (trx: Knex.Transaction, campaign: CampaignRow) => Promise<StepEffect>;

export async function carryOut(
  db: Knex,
  command: string,
  input: Omit<CommandInput, 'actorId'> & { actorId: number | null },
  step: Step,
): Promise<StepOutcome> {
  return db.transaction(async (trx) => {
    const campaign = await lockCampaign(trx, input.campaign);
    const key = stepKey(command, input.key);
    const before = await readStep<StepOutcome>(trx, campaign.id, key);
    const marks = { lead: campaign.lead_department, regions: campaign.region_codes };
    if (before) return { ...before, ...marks };
    const effect = await step(trx, campaign);
    if (effect.stage !== campaign.stage || effect.reason !== undefined) {
      await moveStage(trx, campaign.id, effect.stage, effect.reason ?? null);
    }
    await appendAudit(trx, {
      actorId: input.actorId,
      action: `campaign.${command}`,
      subject: `campaign/${campaign.code}`,
      address: input.address,
      requestId: input.requestId,
      before: { stage: campaign.stage },
      after: { stage: effect.stage, ...(effect.reason ? { reason: effect.reason } : {}), ...effect.after },
    });
    const outcome: StepOutcome = {
      stage: effect.stage,
      note: effect.note ?? null,
      ...(effect.deadline ? { deadline: effect.deadline.toISOString() } : {}),
    };
    await recordStep(trx, campaign.id, key, outcome);
    return { ...outcome, ...marks };
  });
}
