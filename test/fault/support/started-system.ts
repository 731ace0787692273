/** A running system for the tests of a file, with its database and its coordinator at work. */
import type { Knex } from 'knex';
import { connect } from '../../../db/connect';
import { resolveConnections } from '../../../server/connections';
import type { ApiClient } from '../../../server/demo/api-client';
import { Officials } from '../../../server/demo/officials';
import { RunningSystem } from './running-system';

export interface StartedSystem {
  system: RunningSystem;
  db: Knex;
  coordinator: ApiClient;
  remove: () => Promise<void>;
}

export async function startedSystem(): Promise<StartedSystem> {
  const system = await RunningSystem.create();
  await system.start();
  const db = connect(resolveConnections(system.config).ownerUrl, { poolMax: 3 });
  const coordinator = await new Officials(db, system.config.publicUrl).as('scjg-coordinator');
  return {
    ...{ system, db, coordinator },
    remove: async () => {
      await db.destroy();
      await system.remove();
    },
  };
}
