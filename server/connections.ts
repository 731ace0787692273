import { createHash } from 'node:crypto';
import type { DatabaseRole } from '../db/connect';
import type { Config } from './config';
import { readSecrets, type Secrets } from './home';
import { StartError } from './start-error';

export interface Connections {
  /** By the owner of the tables: migrations, the commands of an operator. */
  ownerUrl: string;
  /** By logins that own nothing, where there are such (docs/operations/database.md). */
  apiUrl: string;
  workerUrl: string;
  temporalAddress: string;
  smtpUrl: string;
}

/** Addresses of the parts in use: what is configured, else the embedded ones that `npm start` runs on this home folder. */
export function resolveConnections(config: Config): Connections {
  return {
    ...databaseUrls(config),
    temporalAddress: config.temporalAddress ?? `127.0.0.1:${String(config.ports.temporal)}`,
    smtpUrl: config.smtpUrl ?? `smtp://127.0.0.1:${String(config.ports.smtp)}`,
  };
}

function databaseUrls(config: Config): Pick<Connections, 'ownerUrl' | 'apiUrl' | 'workerUrl'> {
  const { databaseUrl, databaseOwnerUrl } = config;
  if (databaseUrl !== null)
    return { ownerUrl: databaseOwnerUrl ?? databaseUrl, apiUrl: databaseUrl, workerUrl: databaseUrl };
  const secrets = secretsOf(config);
  return {
    ownerUrl: embeddedDatabaseUrl(config, secrets),
    apiUrl: loginUrl(config, embeddedLogin('onevisit_api', secrets)),
    workerUrl: loginUrl(config, embeddedLogin('onevisit_worker', secrets)),
  };
}

/** A login of the embedded server that is a member of the role and nothing else; the owner's password can't be had from it. */
export function embeddedLogin(role: DatabaseRole, secrets: Secrets): { name: string; password: string } {
  return {
    name: `${role}_login`,
    password: createHash('sha256').update(`${secrets.postgresPassword}/${role}`).digest('base64url'),
  };
}

const loginUrl = (config: Config, { name, password }: { name: string; password: string }): string =>
  `postgres://${name}:${password}@127.0.0.1:${String(config.ports.postgres)}/onevisit`;

/** URL of a database of the embedded server, as its owner. */
export function embeddedDatabaseUrl(config: Config, secrets: Secrets, database = 'onevisit'): string {
  return `postgres://onevisit:${secrets.postgresPassword}@127.0.0.1:${String(config.ports.postgres)}/${database}`;
}

function secretsOf(config: Config): Secrets {
  const secrets = readSecrets(config.home);
  if (secrets) return secrets;
  throw new StartError(
    `${config.home} 里还没有数据库。请先运行 npm start，或设置 DATABASE_URL。`,
    `There is no database in ${config.home} yet. Run npm start first, or set DATABASE_URL.`,
  );
}
