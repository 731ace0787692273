import { randomBytes } from 'node:crypto';
import { mkdirSync, openSync, readSync, closeSync, readdirSync, rmSync } from 'node:fs';
import { open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { simpleParser, type AddressObject, type ParsedMail } from 'mailparser';

export interface StoredMail {
  /** Sorts by arrival. */
  id: string;
  from: string;
  to: string[];
  subject: string;
  /** Arrival, ISO. */
  date: string;
  messageId: string;
}

export interface MailFilter {
  /** Part of a recipient's address. */
  to?: string;
  subject?: string;
  /** ISO date; that instant and later. */
  since?: string;
  limit: number;
}

const HEADER_BYTES = 32 * 1024;

/** Mails as `.eml` files in a folder, with an index in memory. A mail that was accepted is on disk. */
export class MailStore {
  private readonly mails: StoredMail[] = [];
  private sequence = 0;
  private lastSync: Promise<void> = Promise.resolve();
  private nextSync: Promise<void> | null = null;

  private constructor(private readonly folder: string) {}

  /** Reads the headers of what the folder holds; drops files that a crash left half written. */
  static async open(folder: string): Promise<MailStore> {
    mkdirSync(folder, { recursive: true });
    const store = new MailStore(folder);
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith('.tmp')) rmSync(path.join(folder, name), { force: true });
      if (!name.endsWith('.eml')) continue;
      const id = name.slice(0, -'.eml'.length);
      store.mails.push(summaryOf(id, await simpleParser(readHeaders(path.join(folder, name)))));
    }
    return store;
  }

  /** Resolves when the mail would survive a power cut. */
  async add(raw: Buffer, envelope: { from: string; to: string[] }): Promise<StoredMail> {
    const id = this.nextId();
    const oneLine = (text: string) => text.replace(/[\r\n]/g, '');
    const trace = [
      `Return-Path: <${oneLine(envelope.from)}>`,
      ...envelope.to.map((to) => `Delivered-To: ${oneLine(to)}`),
    ];
    const content = Buffer.concat([Buffer.from(trace.join('\r\n') + '\r\n'), raw]);
    const mail = summaryOf(id, await simpleParser(headersOf(content)));
    const file = path.join(this.folder, `${id}.eml`);
    const handle = await open(`${file}.tmp`, 'wx');
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(`${file}.tmp`, file);
    await this.syncFolder();
    this.mails.push(mail);
    return mail;
  }

  /** Newest first. */
  list(filter: MailFilter): StoredMail[] {
    const found: StoredMail[] = [];
    const to = filter.to?.toLowerCase();
    const subject = filter.subject?.toLowerCase();
    for (let i = this.mails.length - 1; i >= 0 && found.length < filter.limit; i--) {
      const mail = this.mails[i];
      if (!mail) continue;
      if (to && !mail.to.some((address) => address.toLowerCase().includes(to))) continue;
      if (subject && !mail.subject.toLowerCase().includes(subject)) continue;
      if (filter.since && mail.date < filter.since) continue;
      found.push(mail);
    }
    return found;
  }

  async read(id: string): Promise<{ mail: StoredMail; parsed: ParsedMail } | null> {
    const mail = this.mails.find((each) => each.id === id);
    if (!mail) return null;
    return { mail, parsed: await simpleParser(await readFile(path.join(this.folder, `${id}.eml`))) };
  }

  counts(): { total: number; byRecipient: Record<string, number> } {
    const byRecipient: Record<string, number> = {};
    for (const to of this.mails.flatMap((mail) => mail.to)) byRecipient[to] = (byRecipient[to] ?? 0) + 1;
    return { total: this.mails.length, byRecipient };
  }

  /** One sync serves all mails that were renamed before it began. */
  private syncFolder(): Promise<void> {
    this.nextSync ??= this.lastSync
      .catch(() => undefined)
      .then(() => {
        this.nextSync = null;
        this.lastSync = syncFolder(this.folder);
        return this.lastSync;
      });
    return this.nextSync;
  }

  private nextId(): string {
    this.sequence = (this.sequence + 1) % 1_000_000;
    const sequence = String(this.sequence).padStart(6, '0');
    return `${String(Date.now()).padStart(14, '0')}-${sequence}-${randomBytes(3).toString('hex')}`;
  }
}

function summaryOf(id: string, head: ParsedMail): StoredMail {
  return {
    id,
    from: head.from?.text ?? '',
    to: recipientsOf(head),
    subject: head.subject ?? '',
    date: new Date(Number(id.split('-')[0])).toISOString(),
    messageId: head.messageId ?? '',
  };
}

/** The addresses it was delivered to; what the sender wrote into To: may say something else. */
function recipientsOf(head: ParsedMail): string[] {
  const delivered = head.headerLines
    .filter(({ key }) => key === 'delivered-to')
    .map(({ line }) => line.slice(line.indexOf(':') + 1).trim());
  if (delivered.length > 0) return delivered;
  const to: AddressObject[] = [head.to ?? []].flat();
  return to.flatMap(({ value }) => value.map(({ address }) => address ?? ''));
}

/** The mail down to the end of its headers: parsing a body only to list the mail would cost more than keeping it. */
function headersOf(mail: Buffer): Buffer {
  const head = mail.subarray(0, HEADER_BYTES);
  const end = head.indexOf('\r\n\r\n');
  return end < 0 ? head : head.subarray(0, end + 4);
}

function readHeaders(file: string): Buffer {
  const buffer = Buffer.alloc(HEADER_BYTES);
  const fd = openSync(file, 'r');
  try {
    return headersOf(buffer.subarray(0, readSync(fd, buffer)));
  } finally {
    closeSync(fd);
  }
}

/** Makes new names durable too. Windows can't sync folders, and needn't. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
