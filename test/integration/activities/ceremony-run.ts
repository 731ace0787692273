/** Freezes and draws with the real activities, without a workflow; what comes between is written as it would be. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { createCeremonyActivities } from '../../../activities/ceremony';
import { createDrawActivities } from '../../../activities/draw';
import { readCampaign } from '../../../db/campaigns';
import {
  endCeremony,
  readLiveCeremony,
  storeSeal,
  storeValue,
  type CeremonyRow,
} from '../../../db/ceremonies';
import type { Manifest } from '../../../domain/draw/manifest';
import { isPublicContributor, sealOf } from '../../../domain/draw/seed';
import type { City } from '../../support/build-city';

export function ceremonyRun(db: Knex, city: City) {
  const collaborators = { db, now: () => new Date() };
  const ceremonies = createCeremonyActivities(collaborators);
  const draws = createDrawActivities(collaborators);
  const actorId = city.users['lead'] ?? 0;
  let steps = 0;
  const input = (campaign: string) => ({
    campaign,
    key: `step-${++steps}`,
    actorId,
    address: null,
    requestId: null,
  });
  const run = <I, O>(activity: (given: I) => Promise<O>, given: I) =>
    new MockActivityEnvironment().run<[I], O, (given: I) => Promise<O>>(activity, given);

  async function live(code: string): Promise<CeremonyRow> {
    const { id } = await readCampaign(db, code);
    const ceremony = await readLiveCeremony(db, id);
    if (!ceremony) throw new Error('no live ceremony');
    return ceremony;
  }

  return {
    live,
    freeze: (code: string) => run(ceremonies.freeze, input(code)),
    /** The same draw as often as it is called. */
    draw: async (code: string) => {
      const ceremony = await live(code);
      const { contributors } = JSON.parse(ceremony.manifest) as Manifest;
      const at = new Date();
      for (const contributor of contributors) {
        const value = `the secret of ${contributor}, long enough`;
        const seal = sealOf(ceremony.commitment, contributor, value);
        if (!isPublicContributor(contributor)) {
          await storeSeal(db, ceremony.id, { contributor, seal, actorId, at });
        }
        await storeValue(db, ceremony.id, { contributor, value, source: null, actorId, at });
      }
      const given = input(code);
      return () => run(draws.draw, given);
    },
    void: async (code: string) =>
      endCeremony(db, (await live(code)).id, { status: 'void', void_reason: '逾期', ended_at: new Date() }),
  };
}
