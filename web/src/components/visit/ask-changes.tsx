import { Button, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { CorrectionDialog } from './correction-dialog';
import { PublicationDialog } from './publication-dialog';

type Item = VisitDetail['items'][number];

const COLOURS = { published: 'default', corrected: 'blue', withdrawn: 'red' };

/** What the public reads of an item now. */
export function PublicationState({ visit, item }: { visit: VisitDetail; item: string }) {
  const { t } = useTranslation();
  const found = visit.publications.find((one) => one.item === item);
  if (!found) return null;
  const day = formatInstant(found.changedAt ?? found.publishedAt).slice(0, 10);
  return (
    <div className="muted small">
      <Tag color={COLOURS[found.status]}>{t(`publication.states.${found.status}`)}</Tag>{' '}
      {t('publication.state', { version: found.version, day })}
    </div>
  );
}

/** For who inspected or published: what was handed in and what is public changes by request and approval alone. */
export function AskChanges({ visit, item }: { visit: VisitDetail; item: Item }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'result' | 'publication' | null>(null);
  const close = () => setAsked(null);
  const code = item.item.code;
  const mayCorrect = visit.mayCorrect.includes(code);
  const mayChange = visit.mayChangePublication.includes(code);
  if (!mayCorrect && !mayChange) return null;
  return (
    <>
      <Space wrap className="gap-above">
        {mayCorrect && (
          <Button size="small" onClick={() => setAsked('result')}>
            {t('correction.ask')}
          </Button>
        )}
        {mayChange && (
          <Button size="small" onClick={() => setAsked('publication')}>
            {t('publication.ask')}
          </Button>
        )}
      </Space>
      {asked === 'result' && <CorrectionDialog visit={visit} item={item} onClose={close} />}
      {asked === 'publication' && <PublicationDialog visit={visit} item={item} onClose={close} />}
    </>
  );
}
