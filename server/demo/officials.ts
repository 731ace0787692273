import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import { hashToken, newToken } from '../../api/middleware/session-cookie';
import { appendAudit } from '../../db/audit';
import { findUser, insertSession } from '../../db/sessions';
import { StartError } from '../start-error';
import { ApiClient } from './api-client';
import { patiently } from './steps';

const SESSION_MS = 2 * 3_600_000;

interface NewSession {
  tokenHash: string;
  userId: number;
  at: Date;
  expiresAt: Date;
}

const storeSession = (trx: Knex, session: NewSession): Promise<void> =>
  insertSession(trx, { ...session, way: 'demo' });

/** Gives officials of the invented city sessions of their own: the demo runs beside the database and needs no passwords. */
export class Officials {
  private readonly clients = new Map<string, Promise<ApiClient>>();

  constructor(
    private readonly db: Knex,
    private readonly baseUrl: string,
    /** Another than this version's database stores them otherwise. */
    private readonly store = storeSession,
  ) {}

  as(username: string): Promise<ApiClient> {
    let client = this.clients.get(username);
    if (!client) {
      client = this.signIn(username);
      this.clients.set(username, client);
    }
    return client;
  }

  anybody(): ApiClient {
    return new ApiClient(this.baseUrl, null);
  }

  private signIn(username: string): Promise<ApiClient> {
    return patiently(() => this.beginSession(username));
  }

  private async beginSession(username: string): Promise<ApiClient> {
    const user = await findUser(this.db, username);
    if (!user) {
      throw new StartError(
        `演示需要示例城市的用户“${username}”，这个数据库里没有。请用空数据库（ONEVISIT_HOME 指向新文件夹）再试。`,
        `The demo needs the invented city's user "${username}", which this database lacks. Try with an empty one (a new ONEVISIT_HOME).`,
      );
    }
    const token = newToken();
    const at = new Date();
    await this.db.transaction(async (trx) => {
      await this.store(trx, {
        tokenHash: hashToken(token),
        userId: user.id,
        at,
        expiresAt: new Date(at.getTime() + SESSION_MS),
      });
      await appendAudit(trx, { actorId: user.id, action: 'session.begin-demo', subject: `user/${username}` });
    });
    return new ApiClient(this.baseUrl, `onevisit_session=${token}; __Host-onevisit_session=${token}`);
  }
}

/** A department's secret contribution to the seed. */
export const newSecret = (): string => randomBytes(24).toString('base64url');
