import type { Config } from './config';
import { readSecrets, type Secrets } from './home';
import { StartError } from './start-error';

export interface Connections {
  databaseUrl: string;
  temporalAddress: string;
  smtpUrl: string;
}

/** Addresses of the parts in use: what is configured, else the embedded ones that `npm start` runs on this home folder. */
export function resolveConnections(config: Config): Connections {
  return {
    databaseUrl: config.databaseUrl ?? embeddedDatabaseUrl(config, secretsOf(config)),
    temporalAddress: config.temporalAddress ?? `127.0.0.1:${String(config.ports.temporal)}`,
    smtpUrl: config.smtpUrl ?? `smtp://127.0.0.1:${String(config.ports.smtp)}`,
  };
}

/** URL of a database of the embedded server. */
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
