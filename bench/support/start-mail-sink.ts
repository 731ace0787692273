import path from 'node:path';
import { startLineProcess } from './line-process';

export interface MailSink {
  smtpUrl: string;
  /** How many mails have been taken since the start. */
  taken: () => Promise<number>;
  close: () => Promise<void>;
}

/** An SMTP server in another process, as a city's is, so that it takes no time of those who send. */
export async function startMailSink(): Promise<MailSink> {
  const sink = startLineProcess(process.execPath, [path.join(__dirname, 'mail-sink.js')]);
  const state = async () => (await sink.ask('')) as { port: number; taken: number };
  const { port } = await state();
  return {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    taken: async () => (await state()).taken,
    close: () => sink.end(),
  };
}
