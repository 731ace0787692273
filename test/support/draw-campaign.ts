/** A campaign of the town that has been drawn: the real activities, one after the other, without workflows around them. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { createPlanActivities } from '../../activities/campaign-plan';
import { createCeremonyActivities } from '../../activities/ceremony';
import { createDrawActivities } from '../../activities/draw';
import { readCampaign, readTeams, type PlanRow } from '../../db/campaigns';
import { readLiveCeremony } from '../../db/ceremonies';
import type { CommandInput } from '../../domain/commands';
import { sealOf } from '../../domain/draw/seed';
import { buildCampaign } from './build-campaign';
import type { City } from './build-city';

export async function drawCampaign(db: Knex, city: City, plan: Partial<PlanRow> = {}): Promise<string> {
  // Departments alone: nothing has to be rolled before witnesses.
  const code = await buildCampaign(db, city, { publicContributor: null, ...plan });
  const collaborators = { db, now: () => new Date() };
  const { submit, approve } = createPlanActivities(collaborators);
  const { freeze, seal, reveal } = createCeremonyActivities(collaborators);
  const { draw } = createDrawActivities(collaborators);
  const environment = new MockActivityEnvironment();
  const { id } = await readCampaign(db, code);
  let commands = 0;
  const as = (user: string): CommandInput => ({
    campaign: code,
    key: `drawn-${++commands}`,
    actorId: city.users[user] ?? 0,
    address: null,
    requestId: null,
  });
  await environment.run(submit, as('lead'));
  await environment.run(approve, as('approver'));
  await environment.run(freeze, as('lead'));
  const commitment = (await readLiveCeremony(db, id))?.commitment ?? '';
  const secrets = (await readTeams(db, id)).map(({ department }) => ({
    ...{ department, liaison: `${department.toLowerCase()}-liaison` },
    value: `${code}: the secret of ${department}`,
  }));
  for (const { department, liaison, value } of secrets) {
    await environment.run(seal, { ...as(liaison), department, seal: sealOf(commitment, department, value) });
  }
  for (const { department, liaison, value } of secrets) {
    await environment.run(reveal, { ...as(liaison), department, value });
  }
  await environment.run(draw, as('lead'));
  return code;
}
