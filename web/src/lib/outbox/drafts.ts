import { answerOf, api, newIdempotencyKey } from '../../api/client';
import { Problem } from '../../api/problem';
import { contentOf, readDraft, textOf, unsavedItems, visitsWithDrafts, writeDraft } from '../visit-draft';
import type { DraftSync, VisitDraft } from '../visit-draft';

/** Not with every letter. */
const PAUSE_MS = 1_000;
const WAITS_MS = [2_000, 5_000, 15_000, 60_000];

const listeners = new Set<() => void>();
let changes = 0;
let user: number | null = null;
let saving: Promise<void> | null = null;
let holds = 0;
let failures = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

function tell(): void {
  changes += 1;
  for (const listener of listeners) listener();
}

/** By another page of this browser. */
export const toldOfDrafts = tell;

export const watchDrafts = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Another number whenever a draft in this browser has changed. */
export const draftChanges = (): number => changes;

/** Keeps a draft here at once, and at the server soon. */
export function keepDraft(userId: number, visitId: number, draft: VisitDraft): void {
  writeDraft(userId, visitId, draft);
  tell();
  schedule(PAUSE_MS);
}

/** From sign-in on: what this person filled in without a network is saved. Gives what ends it. */
export function startSaving(userId: number): () => void {
  user = userId;
  const atOnce = () => {
    failures = 0;
    schedule(0);
  };
  atOnce();
  window.addEventListener('online', atOnce);
  return () => {
    window.removeEventListener('online', atOnce);
    clearTimeout(timer);
    user = null;
  };
}

/** Items of all visits whose content the server does not have. */
export const countUnsaved = (userId: number): number =>
  visitsWithDrafts(userId).reduce((sum, visit) => {
    const draft = readDraft(userId, visit);
    return sum + (draft ? unsavedItems(draft).length : 0);
  }, 0);

function schedule(milliseconds: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => void saveAll(), milliseconds);
}

/** Hands results in while no draft is saved: one that came after its result would be refused. */
export async function withoutSaving<T>(handIn: () => Promise<T>): Promise<T> {
  holds += 1;
  try {
    await saving;
    return await handIn();
  } finally {
    holds -= 1;
    schedule(PAUSE_MS);
  }
}

async function saveAll(): Promise<void> {
  if (saving) {
    schedule(PAUSE_MS);
    return;
  }
  saving = saveUnsaved();
  try {
    await saving;
  } finally {
    saving = null;
  }
}

async function saveUnsaved(): Promise<void> {
  for (const visit of user === null ? [] : visitsWithDrafts(user)) {
    const draft = user === null ? null : readDraft(user, visit);
    for (const item of draft ? unsavedItems(draft) : []) {
      if (user === null || !navigator.onLine || holds > 0) return;
      if (!(await save(user, visit, item))) {
        schedule(WAITS_MS[failures] ?? PAUSE_MS);
        failures = Math.min(failures + 1, WAITS_MS.length - 1);
        return;
      }
      failures = 0;
    }
  }
}

/** Gives false where it has to be tried again. */
async function save(userId: number, visit: number, item: string): Promise<boolean> {
  const draft = readDraft(userId, visit);
  const known = draft?.sync?.[item] ?? { revision: 0, stored: '' };
  if (!draft || known.stopped) return true;
  const sending = known.sending ?? {
    key: newIdempotencyKey(),
    revision: known.revision,
    content: contentOf(draft.visitOn, draft.items[item] ?? {}),
  };
  change(userId, visit, item, { ...known, sending });
  try {
    const saved = await answerOf(
      api.PUT('/api/v1/visits/{id}/drafts/{item}', {
        params: { path: { id: visit, item } },
        headers: { 'Idempotency-Key': sending.key },
        body: { revision: sending.revision, content: sending.content },
      }),
    );
    change(userId, visit, item, { revision: saved.revision, stored: textOf(sending.content) });
    // What was typed meanwhile.
    schedule(PAUSE_MS);
    return true;
  } catch (error) {
    const status = error instanceof Problem ? error.status : 0;
    if (status < 400 || status >= 500 || status === 401 || status === 429) return false;
    const { revision, stored } = known;
    const isChanged = error instanceof Problem && error.type === 'draft-changed';
    change(userId, visit, item, { revision, stored, stopped: isChanged ? 'changed' : 'refused' });
    return true;
  }
}

/** What the person typed meanwhile stays as it is. */
function change(userId: number, visit: number, item: string, sync: DraftSync): void {
  const draft = readDraft(userId, visit);
  if (!draft) return;
  writeDraft(userId, visit, { ...draft, sync: { ...draft.sync, [item]: sync } });
  tell();
}
