/** Workflows act for all: PostgreSQL is asked first whether the person may send one this command, whatever a route has checked. */
import type { Knex } from 'knex';
import { mayCommandBulletin, mayCommandCampaign, mayCommandPlan, mayHandle } from '../db/wall';
import { notYours } from './middleware/problems';
import type { CampaignGateway } from './campaign-gateway';

/** `db`: as the person reaches it. */
export const behindWall = (gateway: CampaignGateway, db: Knex): CampaignGateway => ({
  ...gateway,
  command: async (command, input, stage) => {
    if (!(await mayCommandCampaign(db, input.campaign, command))) throw notYours();
    return gateway.command(command, input, stage);
  },
  takeHandlingStep: async (step) => {
    if (!(await mayHandle(db, step.caseId))) throw notYours();
    return gateway.takeHandlingStep(step);
  },
  commandPlan: async (input, plan) => {
    if (!(await mayCommandPlan(db, input.command))) throw notYours();
    return gateway.commandPlan(input, plan);
  },
  draftBulletin: async (plan) => {
    if (!(await mayCommandBulletin(db, plan.region, 'draft'))) throw notYours();
    return gateway.draftBulletin(plan);
  },
  commandBulletin: async (bulletin, input) => {
    if (!(await mayCommandBulletin(db, bulletin.region, input.command))) throw notYours();
    return gateway.commandBulletin(bulletin, input);
  },
});
