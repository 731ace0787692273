/** One migrated database on a PostgreSQL of the bench's own. */
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { migrate } from '../../db/migrate';
import { scratchServer } from './scratch-server';

export async function scratchDatabase(): Promise<{ db: Knex; close: () => Promise<void> }> {
  const server = await scratchServer();
  const db = connect(await server.create('bench'), { poolMax: 20 });
  await migrate(db);
  return {
    db,
    close: async () => {
      await db.destroy();
      await server.close();
    },
  };
}
