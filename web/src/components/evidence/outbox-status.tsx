import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence, VisitDetail } from '../../api/types';
import { countUnsaved, draftChanges, startSaving, watchDrafts } from '../../lib/outbox/drafts';
import { startSending, type PendingFile } from '../../lib/outbox/files';
import { usePendingFiles } from '../../lib/outbox/use-files';
import { useOnline } from '../../lib/use-online';

/** Sends what was kept while there was no network, wherever the person is by then; says what still waits. */
export function OutboxStatus({ userId }: { userId: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const isOnline = useOnline();
  useSyncExternalStore(watchDrafts, draftChanges);
  const files = usePendingFiles().filter((one) => one.refusal === null).length;
  const waiting = files + (isOnline ? 0 : countUnsaved(userId));
  useEffect(() => startSaving(userId), [userId]);
  useEffect(
    () =>
      startSending(userId, ({ visit }: PendingFile, evidence: Evidence) => {
        client.setQueryData<VisitDetail>(
          ['visit', visit],
          (before) => before && withEvidence(before, evidence),
        );
      }),
    [client, userId],
  );
  if (isOnline) return null;
  return (
    <div role="status" className="offline-bar">
      {t(waiting > 0 ? 'outbox.offlineKept' : 'outbox.offline', { n: waiting })}
    </div>
  );
}

const withEvidence = (visit: VisitDetail, added: Evidence): VisitDetail => ({
  ...visit,
  evidence: [...visit.evidence.filter((one) => one.id !== added.id), added],
});
