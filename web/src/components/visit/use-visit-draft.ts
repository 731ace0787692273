import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import type { ResultDraft, VisitDetail } from '../../api/types';
import { draftChanges, keepDraft, watchDrafts } from '../../lib/outbox/drafts';
import {
  contentOf,
  draftOf,
  dropDraft,
  hasContent,
  readDraft,
  textOf,
  unsavedItems,
  writeDraft,
  type DraftContent,
  type DraftSync,
  type ItemDraft,
  type VisitDraft,
} from '../../lib/visit-draft';

interface Kept {
  visitOn: string | null;
  items: Record<string, ItemDraft>;
}

/** The draft of what this person records: here, at the server, and where the two have parted. */
export function useVisitDraft(visit: VisitDetail, userId: number) {
  const client = useQueryClient();
  // What the form starts with.
  const [start] = useState(() => {
    const merged = merge(readDraft(userId, visit.id), visit);
    if (merged) writeDraft(userId, visit.id, merged);
    return merged;
  });
  useSyncExternalStore(watchDrafts, draftChanges);
  const draft = readDraft(userId, visit.id);
  const parted = visit.maySubmit.filter((item) => draft?.sync?.[item]?.stopped === 'changed');
  const unseen = parted.filter(
    (item) => serverDraft(visit, item)?.revision === draft?.sync?.[item]?.revision,
  );
  const isUnseen = unseen.length > 0;
  useEffect(() => {
    if (isUnseen) void client.invalidateQueries({ queryKey: ['visit', visit.id] });
  }, [client, isUnseen, visit.id]);

  const keep = (kept: Kept) => {
    const sync = Object.entries(readDraft(userId, visit.id)?.sync ?? {}).map(
      // What was refused may be right now.
      ([item, { stopped, ...known }]) =>
        [item, stopped === 'changed' ? { ...known, stopped } : known] as const,
    );
    keepDraft(userId, visit.id, {
      ...kept,
      savedAt: new Date().toISOString(),
      sync: Object.fromEntries(sync),
    });
  };
  return {
    start,
    savedAt: draft !== null && hasContent(draft) ? draft.savedAt : null,
    isSaved: draft !== null && unsavedItems(draft).length === 0,
    conflicts: parted.flatMap((item) => {
      const theirs = serverDraft(visit, item);
      return theirs && draft
        ? [{ item, theirs, mine: contentOf(draft.visitOn, draft.items[item] ?? {}) }]
        : [];
    }),
    keep,
    /** What was handed in is no draft any more. */
    handedIn: (handed: readonly string[], rest: Kept) => {
      const sync = Object.entries(draft?.sync ?? {}).filter(([item]) => !handed.includes(item));
      if (Object.keys(rest.items).length === 0) dropDraft(userId, visit.id);
      else
        keepDraft(userId, visit.id, {
          ...rest,
          savedAt: new Date().toISOString(),
          sync: Object.fromEntries(sync),
        });
    },
    /** Begins anew; at the server too. */
    discard: () => {
      const sync = Object.entries(draft?.sync ?? {}).filter(([, { revision }]) => revision > 0);
      keepDraft(userId, visit.id, {
        visitOn: null,
        items: Object.fromEntries(sync.map(([item]) => [item, {}])),
        savedAt: new Date().toISOString(),
        sync: Object.fromEntries(sync),
      });
    },
    /** Goes on from what the other one saved, with one's own content or with theirs. */
    settle: (item: string, theirs: ResultDraft, content: DraftContent) => {
      if (!draft) return;
      const sync: DraftSync = { revision: theirs.revision, stored: textOf(theirs.content) };
      keepDraft(userId, visit.id, {
        ...draft,
        items: { ...draft.items, [item]: draftOf(content) },
        sync: { ...draft.sync, [item]: sync },
      });
    },
  };
}

const serverDraft = ({ drafts }: VisitDetail, item: string): ResultDraft | undefined =>
  drafts.find((one) => one.item === item);

/** What is only here stays; all else is as the server has it. */
function merge(here: VisitDraft | null, visit: VisitDetail): VisitDraft | null {
  if (!here && visit.drafts.length === 0) return null;
  const unsaved = here ? unsavedItems(here) : [];
  const items: VisitDraft['items'] = {};
  const sync: Record<string, DraftSync> = {};
  for (const item of visit.maySubmit) {
    const theirs = serverDraft(visit, item);
    const known = here?.sync?.[item];
    if (here && unsaved.includes(item)) {
      items[item] = here.items[item] ?? {};
      const isBehind = theirs !== undefined && theirs.revision !== (known?.revision ?? 0);
      const basis = known ?? { revision: 0, stored: '' };
      sync[item] = isBehind && !basis.sending ? { ...basis, stopped: 'changed' } : basis;
    } else if (theirs) {
      const content = theirs.content;
      items[item] = draftOf(content);
      sync[item] = { revision: theirs.revision, stored: textOf(content) };
    }
  }
  const visitOn =
    here?.visitOn ?? visit.drafts.find((one) => one.content.visitOn !== null)?.content.visitOn ?? null;
  return {
    visitOn,
    items,
    sync,
    savedAt: here?.savedAt ?? visit.drafts[0]?.savedAt ?? new Date().toISOString(),
  };
}
