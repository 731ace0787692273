/** Carries a campaign's ceremony along by its activities alone, for tests that need no workflow around it. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { createCeremonyActivities } from '../../activities/ceremony';
import { createDrawActivities } from '../../activities/draw';
import { createPlanActivities } from '../../activities/campaign-plan';
import { readCampaign, type PlanRow } from '../../db/campaigns';
import { readLiveCeremony } from '../../db/ceremonies';
import type { CommandInput } from '../../domain/commands';
import { sealOf } from '../../domain/draw/seed';
import { buildCampaign } from './build-campaign';
import type { City } from './build-city';

export interface Ceremony {
  code: string;
  freeze(): Promise<unknown>;
  seal(...departments: string[]): Promise<void>;
  reveal(...departments: string[]): Promise<void>;
  /** The deadline has passed. */
  endWaiting(): Promise<unknown>;
  recordPublicValue(value: string): Promise<unknown>;
  draw(): Promise<unknown>;
  cancel(): Promise<unknown>;
}

const PAST_ANY_DEADLINE_MS = 30 * 86_400_000;

const secretOf = (department: string) => `the secret of ${department}, long enough`;

/** An approved campaign. */
export async function ceremonyOf(db: Knex, city: City, plan: Partial<PlanRow> = {}): Promise<Ceremony> {
  let passed = 0;
  const now = () => new Date(Date.now() + passed);
  const activities = {
    ...createPlanActivities({ db, now }),
    ...createCeremonyActivities({ db, now }),
    ...createDrawActivities({ db, now }),
  };
  const code = await buildCampaign(db, city, plan);
  let commands = 0;
  const by = (username: string): CommandInput => ({
    campaign: code,
    key: `step-${++commands}`,
    actorId: city.users[username] ?? 0,
    address: null,
    requestId: null,
  });
  const liaison = (department: string) => by(`${department.toLowerCase()}-liaison`);
  await activities.submit(by('lead'));
  await activities.approve(by('approver'));
  return {
    code,
    freeze: () => activities.freeze(by('lead')),
    seal: async (...departments) => {
      const { id } = await readCampaign(db, code);
      const commitment = (await readLiveCeremony(db, id))?.commitment ?? '';
      for (const department of departments) {
        const seal = sealOf(commitment, department, secretOf(department));
        await activities.seal({ ...liaison(department), department, seal });
      }
    },
    reveal: async (...departments) => {
      for (const department of departments)
        await activities.reveal({ ...liaison(department), department, value: secretOf(department) });
    },
    endWaiting: () => {
      passed = PAST_ANY_DEADLINE_MS;
      return activities.endWaiting({ campaign: code, key: `end-${++commands}` });
    },
    recordPublicValue: (value) =>
      activities.recordPublicValue({
        ...by('lead'),
        contributor: 'public:dice',
        value,
        source: '现场',
      }),
    draw: () => new MockActivityEnvironment().run(activities.draw, by('lead')),
    cancel: () => activities.cancel({ ...by('lead'), reason: '演练' }),
  };
}
