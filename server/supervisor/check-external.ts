import { Connection } from '@temporalio/client';
import nodemailer from 'nodemailer';
import pg from 'pg';
import type { Config } from '../config';
import { StartError } from '../start-error';
import { temporalConnection } from '../temporal-connection';

/** Fails with the way out when the configured database does not answer. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
  } catch (error) {
    const { host } = new URL(databaseUrl);
    const reason = (error as Error).message;
    throw new StartError(
      `连不上 DATABASE_URL 指定的数据库 ${host}：${reason}。请检查地址、账号与网络，或去掉 DATABASE_URL 使用内置数据库。`,
      `The database of DATABASE_URL (${host}) cannot be used: ${reason}. ` +
        'Check address, account and network, or unset DATABASE_URL to use the embedded one.',
    );
  }
}

/** Fails with the way out when the configured Temporal service does not answer. */
export async function checkTemporal(config: Config): Promise<void> {
  if (!config.temporalAddress) return;
  try {
    const connection = await Connection.connect({
      ...temporalConnection(config, config.temporalAddress),
      connectTimeout: '10s',
    });
    try {
      await connection.workflowService.describeNamespace({ namespace: config.temporalNamespace });
    } finally {
      await connection.close();
    }
  } catch (error) {
    throw new StartError(
      `连不上 TEMPORAL_ADDRESS 指定的 ${config.temporalAddress}（命名空间 ${config.temporalNamespace}）：${(error as Error).message}。` +
        '请检查地址、命名空间与网络，或去掉 TEMPORAL_ADDRESS 使用内置服务。',
      `Temporal at ${config.temporalAddress} (namespace ${config.temporalNamespace}) does not answer. ` +
        'Check address, namespace and network, or unset TEMPORAL_ADDRESS to use the embedded one.',
    );
  }
}

/** A warning, or null: mails wait in the outbox until the server answers, so a start need not fail. */
export async function checkSmtp(config: Config): Promise<string | null> {
  if (!config.smtpUrl) return null;
  const transport = nodemailer.createTransport(config.smtpUrl);
  try {
    await transport.verify();
    return null;
  } catch (error) {
    return `发信服务器暂时连不上，通知会排队等待 the mail server does not answer yet: ${(error as Error).message}`;
  } finally {
    transport.close();
  }
}
