import type { Knex } from 'knex';
import type { DatabaseRole } from '../../db/connect';
import { embeddedLogin } from '../connections';
import type { Secrets } from '../home';

const ROLES: DatabaseRole[] = ['onevisit_api', 'onevisit_worker'];

/** Makes the logins of API and worker in the embedded server; their passwords follow secrets.json. */
export async function ensureLogins(db: Knex, secrets: Secrets): Promise<void> {
  for (const role of ROLES) {
    const { name, password } = embeddedLogin(role, secrets);
    const { rows } = await db.raw<{ rows: unknown[] }>('select from pg_roles where rolname = ?', [name]);
    // Neither takes parameters; a name of letters and a password in base64url need no quoting beyond this.
    await db.raw(`${rows.length > 0 ? 'alter' : 'create'} role ${name} login password '${password}'`);
    await db.raw(`grant ${role} to ${name}`);
  }
}
