import { Problem } from '../../api/problem';
import type { Evidence } from '../../api/types';
import { dropFile, keepFile, keptFiles } from './keep';
import { sendFile } from './send-file';

/** A photo or file on its way to the server; it is kept in the browser until it is there. */
export interface PendingFile {
  id: string;
  userId: number;
  visit: number;
  item: string;
  question: string | null;
  name: string;
  blob: Blob;
  addedAt: string;
}

export interface PendingState extends PendingFile {
  /** While it is being sent. */
  percent: number | null;
  /** An address under which the page can show it. */
  picture: string | null;
  /** Why the server refused it: sending it again would not help. */
  refusal: Problem | null;
}

/** Waits between tries where the network is there and the server is not. */
const WAITS_MS = [2_000, 5_000, 15_000, 60_000];

let files: readonly PendingState[] = [];
const listeners = new Set<() => void>();
let sender: { userId: number; onSent: (file: PendingFile, evidence: Evidence) => void } | null = null;
let isSending = false;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function set(next: readonly PendingState[]): void {
  files = next;
  for (const listener of listeners) listener();
}

const change = (id: string, what: Partial<PendingState>): void =>
  set(files.map((one) => (one.id === id ? { ...one, ...what } : one)));

export const watchFiles = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const pendingFiles = (): readonly PendingState[] => files;

/** From sign-in on: what this person left is sent. Gives what ends it. */
export function startSending(
  userId: number,
  onSent: (file: PendingFile, evidence: Evidence) => void,
): () => void {
  sender = { userId, onSent };
  void keptFiles<PendingFile>().then((kept) => {
    const known = new Set(files.map((one) => one.id));
    const own = kept.filter((one) => one.userId === userId && !known.has(one.id));
    set([...files, ...own.map(waiting)]);
    return sendAll();
  });
  const atOnce = () => sendNow();
  window.addEventListener('online', atOnce);
  return () => {
    window.removeEventListener('online', atOnce);
    clearTimeout(timer);
    sender = null;
    set([]);
  };
}

const waiting = (file: PendingFile): PendingState => ({
  ...file,
  percent: null,
  picture: file.blob.type.startsWith('image/') ? URL.createObjectURL(file.blob) : null,
  refusal: null,
});

export async function addFile(file: PendingFile): Promise<void> {
  set([...files, waiting(file)]);
  // Where the browser keeps nothing, it is sent as long as the page is open.
  await keepFile(file).catch(() => undefined);
  await sendAll();
}

export async function discardFile(id: string): Promise<void> {
  const picture = files.find((one) => one.id === id)?.picture;
  if (picture) URL.revokeObjectURL(picture);
  set(files.filter((one) => one.id !== id));
  await dropFile(id).catch(() => undefined);
}

export function sendNow(): void {
  failures = 0;
  void sendAll();
}

async function sendAll(): Promise<void> {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (let next = nextFile(); next; next = nextFile()) {
      if (!(await send(next))) {
        // `online` begins anew.
        if (navigator.onLine) timer = setTimeout(() => void sendAll(), WAITS_MS[failures]);
        failures = Math.min(failures + 1, WAITS_MS.length - 1);
        return;
      }
      failures = 0;
    }
  } finally {
    isSending = false;
  }
}

const nextFile = (): PendingState | undefined =>
  navigator.onLine && sender ? files.find((one) => one.refusal === null) : undefined;

/** Gives false where it has to be tried again. */
async function send(file: PendingState): Promise<boolean> {
  const by = sender;
  change(file.id, { percent: 0 });
  try {
    const evidence = await sendFile({ ...file, onProgress: (percent) => change(file.id, { percent }) });
    by?.onSent(file, evidence);
    await discardFile(file.id);
    return true;
  } catch (error) {
    if (error instanceof Problem && isFinal(error)) {
      change(file.id, { percent: null, refusal: error });
      return true;
    }
    change(file.id, { percent: null });
    return false;
  }
}

/** Who is signed out signs in again, and a full disk is emptied: all else that is refused stays refused. */
const isFinal = ({ status }: Problem): boolean =>
  status >= 400 && status < 500 && status !== 401 && status !== 429;
