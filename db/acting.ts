/**
 * For whom a connection is used. PostgreSQL is told before each use, and its policies show everybody their own rows only,
 * whatever a query asks for (docs/security/row-level-security.md).
 */
import type { Knex } from 'knex';

export interface Acting {
  /** Null: nobody is signed in. */
  userId: number | null;
  /** By the API's clock: on which day delegations are in force. */
  day: string;
  /** Past what the person may see: to read alone, or also to write what a request does on the way to its own answer. */
  beyond?: 'reading' | 'writing';
}

interface Connection {
  query: (statement: { name: string; text: string; values: string[] }) => Promise<unknown>;
}

/** What is used of knex's client, which has no types of its own. */
interface Client {
  acquireConnection: () => Promise<Connection>;
  releaseConnection: (connection: Connection) => Promise<void>;
  config: { acting?: Acting; actingFrom?: Knex };
}

const clientOf = (db: Knex): Client => db.client as Client;

/** What each connection was told last. */
const told = new WeakMap<Connection, string>();

/** By pool and by what connections are told: to make one takes longer than to send a list's queries. The oldest goes first. */
const made = new WeakMap<Knex, Map<string, Knex>>();
const MOST_KEPT = 500;

/** The same pool, for one person. Transactions of it are for that person too. */
export function actingAs(pool: Knex, acting: Acting): Knex {
  const from = clientOf(pool).config.actingFrom ?? pool;
  const kept = made.get(from) ?? new Map<string, Knex>();
  made.set(from, kept);
  const name = settingsOf(acting).join(' ');
  let db = kept.get(name);
  if (!db) {
    db = makeActing(from, acting);
    kept.set(name, db);
    for (const oldest of kept.keys()) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
    }
  }
  return db;
}

function makeActing(from: Knex, acting: Acting): Knex {
  const db = from.withUserParams({});
  const client = clientOf(db);
  const { acquireConnection } = clientOf(from);
  client.config.acting = acting;
  client.config.actingFrom = from;
  client.acquireConnection = async () => {
    const connection = await acquireConnection.call(client);
    try {
      await tell(connection, acting);
    } catch (error) {
      await client.releaseConnection(connection);
      throw error;
    }
    return connection;
  };
  return db;
}

async function tell(connection: Connection, acting: Acting): Promise<void> {
  const values = settingsOf(acting);
  const wanted = values.join(' ');
  if (told.get(connection) === wanted) return;
  told.delete(connection);
  await connection.query({
    name: 'acting-as',
    text: `select set_config('onevisit.user_id', $1, false), set_config('onevisit.day', $2, false),
                  set_config('onevisit.beyond', $3, false)`,
    values,
  });
  told.set(connection, wanted);
}

const settingsOf = (acting: Acting): string[] => [String(acting.userId ?? ''), acting.day, settingOf(acting)];

const settingOf = ({ beyond }: Acting): string => beyond ?? 'off';

/** How many pieces of work of a transaction's connection go beyond sight just now. */
const depths = new WeakMap<Connection, number>();

/**
 * Does what follows from a request that was found to be allowed, but touches rows that the person does not see: telling
 * others, giving them tasks, counting whether all are done. Connections that act for nobody in particular (the worker's, the
 * owner's) need nothing of it.
 */
export async function beyondSight<T>(db: Knex, work: (db: Knex) => Promise<T>): Promise<T> {
  const { acting } = clientOf(db).config;
  if (!acting || acting.beyond === 'writing') return work(db);
  if (!db.isTransaction) return work(actingAs(db, { ...acting, beyond: 'writing' }));
  const connection = await clientOf(db).acquireConnection();
  const step = (by: 1 | -1) => goBeyond(db, connection, by, settingOf(acting));
  await step(1);
  let result: T;
  try {
    result = await work(db);
  } catch (error) {
    // A transaction that failed takes no further statement, and forgets the setting with everything else.
    await step(-1).catch(() => undefined);
    throw error;
  }
  await step(-1);
  return result;
}

async function goBeyond(trx: Knex, connection: Connection, by: 1 | -1, otherwise: string): Promise<void> {
  const before = depths.get(connection) ?? 0;
  depths.set(connection, before + by);
  if (before + by === (by === 1 ? 1 : 0))
    await trx.raw(`select set_config('onevisit.beyond', ?, true)`, [by === 1 ? 'writing' : otherwise]);
}
