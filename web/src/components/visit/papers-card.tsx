import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VisitDetail, VisitPapers } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { FileLinks } from '../documents/file-links';
import { LinkButton } from '../link-button';
import { Loaded } from '../loaded';
import { ArrivalCode } from './arrival-code';
import { Objections } from './objections';
import { Recusals } from './recusals';
import { RecordTrace } from './record-trace';
import './visit-day.css';
import { usePapers } from './use-papers';

/** The notice, forms on paper, who came when, what the entity says of it. */
export function PapersCard({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation();
  const query = usePapers(visit.id);
  return (
    <Card className="gap-below" title={t('papers.title')}>
      <Loaded query={query}>{(papers) => <Content visit={visit} papers={papers} />}</Loaded>
    </Card>
  );
}

function Content({ visit, papers }: { visit: VisitDetail; papers: VisitPapers }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [isShown, setIsShown] = useState(false);
  const isOpen = visit.finishedAt === null;
  const close = () => {
    setIsShown(false);
    // The entity may have confirmed meanwhile.
    void client.invalidateQueries({ queryKey: ['visit-papers', visit.id] });
  };
  return (
    <div className="visit-day">
      <Space wrap>
        <LinkButton to={`/visits/${visit.id}/notice/print`}>{t('papers.notice')}</LinkButton>
        <FileLinks href={`/api/v1/visits/${visit.id}/notice`} name={t('papers.notice')} />
        {papers.mayIssue && isOpen && (
          <Button type="primary" onClick={() => setIsShown(true)}>
            {t('papers.showCode')}
          </Button>
        )}
      </Space>
      <div className="small">
        <span className="muted">
          {papers.noticeIssuedAt
            ? t('papers.noticeOut', { at: formatInstant(papers.noticeIssuedAt) })
            : t('papers.noNotice')}
        </span>{' '}
        <Link to={`/visits/${visit.id}/forms/print`}>{t('papers.blank')}</Link>{' '}
        <FileLinks href={`/api/v1/visits/${visit.id}/check-forms`} name={t('documents.blank')} />
        {visit.items.some((one) => one.resultCode !== null) && (
          <>
            {' · '}
            <Link to={`/visits/${visit.id}/forms/print?filled=1`}>{t('papers.filled')}</Link>{' '}
            <FileLinks
              href={`/api/v1/visits/${visit.id}/check-forms?filled=true`}
              name={t('documents.filled')}
            />
          </>
        )}
      </div>
      <Trace papers={papers} />
      {papers.mayRecord && isOpen && <RecordTrace visitId={visit.id} papers={papers} />}
      {papers.rating && (
        <div>
          {t('papers.rating', { stars: papers.rating.stars })}
          {papers.rating.remark && <div className="quote">{papers.rating.remark}</div>}
        </div>
      )}
      {papers.recusals.length > 0 && <Recusals visitId={visit.id} recusals={papers.recusals} />}
      {papers.objections.length > 0 && <Objections visitId={visit.id} objections={papers.objections} />}
      {isShown && <ArrivalCode visitId={visit.id} onClose={close} />}
    </div>
  );
}

function Trace({ papers: { trace } }: { papers: VisitPapers }) {
  const { t } = useTranslation();
  if (!trace) return <div className="muted small">{t('papers.noTrace')}</div>;
  const by = (name: string | null, reason: string) =>
    name === null ? t('papers.byEntity') : t('papers.byInspector', { name, reason });
  return (
    <div className="small">
      <div>
        {t('papers.arrived', {
          at: formatInstant(trace.arrivedAt),
          people: trace.people.map((one) => one.name).join('、'),
        })}{' '}
        <span className="muted">{by(trace.arrivalBy, trace.arrivalReason)}</span>
      </div>
      {trace.leftAt && (
        <div>
          {t('papers.left', { at: formatInstant(trace.leftAt) })}{' '}
          <span className="muted">{by(trace.leavingBy, trace.leavingReason)}</span>
        </div>
      )}
    </div>
  );
}
