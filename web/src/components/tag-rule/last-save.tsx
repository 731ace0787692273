import { useQueryClient } from '@tanstack/react-query';
import { Alert, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagRuleSave } from '../../api/types';
import { isUnderWay } from './use-tag-rules';

interface Props {
  save: TagRuleSave;
  /** Number of the one that was ordered on this page. */
  ordered: number | null;
}

/** How far the save is that was ordered last, and what came of it; a success only where it was ordered or seen here. */
export function LastSave({ save, ordered }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [watched, setWatched] = useState<number | null>(null);
  const [closed, setClosed] = useState<number | null>(null);
  const { id, status, label, by } = save;
  if (isUnderWay(save) && watched !== id) setWatched(id);
  const isDone = status === 'done' && (watched === id || ordered === id);
  useEffect(() => {
    // Labels, lists and records of entities too.
    if (isDone) void client.invalidateQueries();
  }, [isDone, client]);
  if (isUnderWay(save)) {
    return (
      <Alert
        type="info"
        className="gap-below"
        title={t(status === 'waiting' ? 'tagRule.waiting' : 'tagRule.saving', { label, name: by })}
        description={
          <>
            <Progress percent={save.progress} status="active" aria-label={t('tagRule.progress')} />
            <div className="muted small">{t('tagRule.savingHint')}</div>
          </>
        }
      />
    );
  }
  if (closed === id || (status === 'done' && !isDone)) return null;
  const { gained, lost, failure } = save;
  return (
    <Alert
      type={isDone ? 'success' : 'error'}
      className="gap-below"
      closable={{ onClose: () => setClosed(id) }}
      title={
        isDone ? t('tagRule.saved', { label, gained, lost }) : t('tagRule.notSaved', { label, name: by })
      }
      description={failure}
    />
  );
}
