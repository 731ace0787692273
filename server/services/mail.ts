import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server';
import { loadConfig, type Config } from '../config';
import { homePaths } from '../home';
import { assertPortFree } from '../ports';
import { mailPage } from './mail-page';
import { MailStore } from './mail-store';
import { hostService, type RunningService } from './service-host';

const MAX_MAIL_BYTES = 30 * 1024 * 1024;

/**
 * A mail server for trying things out: it delivers nothing, keeps every mail and shows it on a page.
 * Recipients `bounce…@` are refused for good, `defer…@` the first time, so that both can be watched.
 */
export async function startMail(config: Config): Promise<RunningService> {
  const { smtp: smtpPort, mailPage: pagePort } = config.ports;
  await assertPortFree(smtpPort, '127.0.0.1', { chinese: '收信服务 SMTP', english: 'SMTP' });
  await assertPortFree(pagePort, config.bind, { chinese: '邮件页', english: 'mail page' });
  const store = await MailStore.open(homePaths(config.home).mail);

  const smtp = smtpServer(store);
  await new Promise<void>((resolve, reject) => {
    smtp.once('error', reject);
    smtp.listen(smtpPort, '127.0.0.1', resolve);
  });
  smtp.on('error', (error) => {
    console.error('smtp', error);
  });
  const page = mailPage(store);
  await new Promise<void>((resolve, reject) => {
    page.once('error', reject);
    page.listen(pagePort, config.bind, resolve);
  });

  return {
    details: { smtpPort, pagePort: (page.address() as AddressInfo).port },
    stop: async () => {
      page.closeAllConnections();
      await Promise.all([
        new Promise((resolve) => page.close(resolve)),
        new Promise<void>((resolve) => {
          smtp.close(resolve);
        }),
      ]);
    },
  };
}

function smtpServer(store: MailStore): SMTPServer {
  const deferred = new Set<string>();
  return new SMTPServer({
    name: 'onevisit.local',
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    hideSTARTTLS: true,
    allowInsecureAuth: true,
    size: MAX_MAIL_BYTES,
    closeTimeout: 2000,
    logger: false,
    onAuth: (auth, _session, done) => {
      done(null, { user: auth.username ?? 'anybody' });
    },
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) => {
      const mailbox = address.split('@')[0]?.toLowerCase() ?? '';
      if (mailbox.startsWith('bounce')) {
        done(refusal(550, '5.1.1 No such mailbox'));
        return;
      }
      if (mailbox.startsWith('defer') && !deferred.has(address.toLowerCase())) {
        deferred.add(address.toLowerCase());
        done(refusal(451, '4.7.1 Try again later'));
        return;
      }
      done();
    },
    onData: (stream, session: SMTPServerSession, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (stream.sizeExceeded) {
          done(refusal(552, '5.3.4 Message too big'));
          return;
        }
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
        const to = session.envelope.rcptTo.map(({ address }) => address);
        store.add(Buffer.concat(chunks), { from, to }).then(
          (mail) => {
            done(null, `2.0.0 kept as ${mail.id}`);
          },
          (error: unknown) => {
            console.error('the mail could not be kept', error);
            done(refusal(452, '4.3.1 Cannot store the message'));
          },
        );
      });
    },
  });
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

if (require.main === module) hostService(() => startMail(loadConfig()));
