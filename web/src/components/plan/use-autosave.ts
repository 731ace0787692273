import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { answerOf, api, newIdempotencyKey } from '../../api/client';
import type { PlanDraft, PlanDraftBody } from '../../api/types';

export const PLAN_DRAFTS_KEY = ['plan-drafts'];

/** Long enough not to save each letter. */
const PAUSE_MS = 1_000;

/**
 * Keeps an unfinished plan at the server, one request after the other. `draft`: the one that is gone on with; of a new one
 * the first save makes a draft, and the page's address names it from then on.
 */
export function useAutosave(draft: PlanDraft | null) {
  const client = useQueryClient();
  const kept = useRef(draft && { id: draft.id, revision: draft.revision });
  const waiting = useRef<PlanDraftBody | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isDone = useRef(false);

  const { mutate, data, error, isPending } = useMutation({
    mutationFn: async () => {
      let saved: PlanDraft | undefined;
      for (let body = waiting.current; body; body = waiting.current) {
        waiting.current = null;
        saved = await store(kept.current, body);
        kept.current = { id: saved.id, revision: saved.revision };
      }
      return saved;
    },
    onSuccess: (saved) => {
      if (!saved || isDone.current) return;
      // Not by the router: the page is the same, and goes on.
      window.history.replaceState(window.history.state, '', `?draft=${saved.id}`);
      void client.invalidateQueries({ queryKey: PLAN_DRAFTS_KEY });
    },
  });

  const save = useCallback(
    (body: PlanDraftBody) => {
      waiting.current = body;
      clearTimeout(timer.current);
      timer.current = setTimeout(mutate, PAUSE_MS);
    },
    [mutate],
  );

  /** The plan has become a campaign: nothing of it is left to be finished. */
  const drop = useCallback(async () => {
    isDone.current = true;
    clearTimeout(timer.current);
    waiting.current = null;
    if (kept.current === null) return;
    await answerOf(
      api.DELETE('/api/v1/plan-drafts/{id}', { params: { path: { id: kept.current.id } } }),
    ).catch(() => undefined);
    void client.invalidateQueries({ queryKey: PLAN_DRAFTS_KEY });
  }, [client]);

  // Whoever leaves within the pause loses nothing either.
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      if (waiting.current && !isDone.current) mutate();
    },
    [mutate],
  );

  return { save, drop, savedAt: data?.savedAt ?? null, error, isSaving: isPending };
}

function store(kept: { id: number; revision: number } | null, body: PlanDraftBody): Promise<PlanDraft> {
  return kept === null
    ? answerOf(
        api.POST('/api/v1/plan-drafts', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body,
        }),
      )
    : answerOf(
        api.PUT('/api/v1/plan-drafts/{id}', {
          params: { path: { id: kept.id } },
          body: { ...body, revision: kept.revision },
        }),
      );
}
