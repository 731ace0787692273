/** Outgoing connections: where TLS is asked for nothing goes out in the clear, and nobody is believed who is not known. */
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContext } from 'node:tls';
import { SMTPServer } from 'smtp-server';
import { createMailer } from '../../../activities/mailer';
import { createWebhook } from '../../../activities/webhook';
import { connect } from '../../../db/connect';
import { testSmtp } from '../../support/smtp';
import { testDatabase } from '../../support/database';

const MAIL = {
  ...{ messageId: '<tls@onevisit.invalid>', to: 'wang@market.invalid', subject: '提醒', text: '正文' },
  html: '<p>正文</p>',
};
const FROM = '一次查 <noreply@onevisit.invalid>';

/** The library's own certificate for `localhost`, which nobody has signed but itself. */
const unknownCertificate = (): SecureContext | undefined =>
  (
    new SMTPServer({ secure: true }) as unknown as { secureContext: Map<string, SecureContext> }
  ).secureContext.get('*');

/** Takes mails over TLS, from whoever believes that certificate. */
async function unknownMailServer() {
  const taken: string[] = [];
  const server = new SMTPServer({
    secure: true,
    authOptional: true,
    logger: false,
    onMailFrom: ({ address }, _session, callback) => {
      taken.push(address);
      callback();
    },
  });
  // That its certificate is turned down is what is expected of it.
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  return {
    port: (server.server.address() as AddressInfo).port,
    taken,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Takes whatever is posted over TLS, from whoever believes that certificate. */
async function unknownReceiver() {
  const taken: string[] = [];
  const server = createServer(
    { SNICallback: (_name, done) => done(null, unknownCertificate()) },
    (request, response) => {
      taken.push(request.url ?? '');
      response.writeHead(204).end();
    },
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

test('a mail server whose certificate nobody knows gets no mail', async () => {
  const server = await unknownMailServer();
  const mailer = createMailer({ smtpUrl: `smtps://127.0.0.1:${server.port}`, from: FROM });
  try {
    const { answer, reply } = await mailer.send(MAIL);
    expect({ answer, taken: server.taken }).toEqual({ answer: 'unusable', taken: [] });
    expect(reply).toMatch(/certificate/);
  } finally {
    mailer.close();
    await server.stop();
  }
});

test('a mail server that cannot encrypt gets none where encryption is demanded', async () => {
  const smtp = await testSmtp();
  const mailer = createMailer({ smtpUrl: `${smtp.url}?requireTLS=true`, from: FROM });
  try {
    expect(await mailer.send(MAIL)).toMatchObject({ answer: 'unusable' });
    expect(smtp.mails).toEqual([]);
  } finally {
    mailer.close();
    await smtp.stop();
  }
});

test('a receiver whose certificate nobody knows gets nothing', async () => {
  const receiver = await unknownReceiver();
  try {
    const post = createWebhook({
      url: `https://localhost:${receiver.port}/hooks`,
      secret: `whsec_${'A'.repeat(32)}`,
      networks: ['127.0.0.0/8', '::1/128'],
    });
    const { answer } = await post({ id: 'n1', contentType: 'application/json', body: Buffer.from('{}') });
    expect({ answer, taken: receiver.taken }).toEqual({ answer: 'unusable', taken: [] });
  } finally {
    await receiver.stop();
  }
});

test('a database that cannot encrypt is not talked to where its certificate is to be checked', async () => {
  const database = await testDatabase();
  const url = new URL(database.url);
  url.searchParams.set('sslmode', 'verify-full');
  const db = connect(url.href);
  try {
    await expect(db.raw('select 1')).rejects.toThrow(/does not support SSL/);
  } finally {
    await db.destroy();
    await database.drop();
  }
});
