/** A real mail server with mailboxes that are read over IMAP (GreenMail), for what has to read one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { loadConfig } from '../../server/config';
import { adopt } from './adopt';
import { fromMaven } from './from-maven';
import { freePorts } from './free-ports';

const VERSION = '2.1.3';
const PATIENCE_MS = 60_000;

export interface GreenMail {
  smtpUrl: string;
  /** Of the INBOX of `bounces@onevisit.invalid`. */
  imapUrl: string;
  stop: () => Promise<void>;
}

export async function greenMail(): Promise<GreenMail> {
  const [smtp = 0, imap = 0] = await freePorts(2);
  const child = spawn(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      ...['-Dgreenmail.hostname=127.0.0.1', `-Dgreenmail.smtp.port=${smtp}`, `-Dgreenmail.imap.port=${imap}`],
      '-Dgreenmail.users=bounces:secret@onevisit.invalid',
      ...['-cp', `${await jar()}/*`, 'com.icegreen.greenmail.standalone.GreenMailStandaloneRunner'],
    ],
    { stdio: 'ignore' },
  );
  await Promise.all([smtp, imap].map((port) => accepting(port)));
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp}`,
    imapUrl: `imap://bounces:secret@127.0.0.1:${imap}/INBOX`,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}

/** The folder with its program, from the cache or Maven Central. */
async function jar(): Promise<string> {
  const folder = path.join(loadConfig().cacheDir, `greenmail-${VERSION}`);
  const lib = path.join(folder, 'lib');
  if (existsSync(lib)) return lib;
  const scratch = `${folder}.${process.pid}`;
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  await fromMaven(scratch, { group: 'com.icegreen', artifact: 'greenmail-standalone', version: VERSION });
  return adopt(scratch, folder, lib);
}

async function accepting(port: number): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const socket = net.connect(port, '127.0.0.1');
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (isOpen) return;
    if (Date.now() > until) throw new Error(`GreenMail does not listen on ${port}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
