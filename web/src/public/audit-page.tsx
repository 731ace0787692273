import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { AuditCheckpoint } from '../api/types';
import { Failure, Loading, PagedList, Panel } from '../components/open-parts';
import '../components/audit/audit.css';
import { formatInstant } from '../lib/format';
import { useOpenPages } from '../lib/use-open-pages';
import { useTitle } from '../lib/use-title';

const REASONS = ['daily', 'freeze', 'draw', 'publish'] as const;

/** What was signed of the audit log, for whoever wants to keep it. */
export function PublicAudit() {
  const { t } = useTranslation();
  useTitle(t('auditOpen.title'), t('auditOpen.lead'));
  const pages = useOpenPages('after', ['audit-checkpoints'], (cursor) =>
    answerOf(api.GET('/api/v1/public/audit/checkpoints', { params: { query: { cursor, limit: 30 } } })),
  );
  return (
    <>
      <h1>{t('auditOpen.title')}</h1>
      <p className="lead">{t('auditOpen.lead')}</p>
      <Panel title={t('auditOpen.checkpoints')}>
        <PagedList pages={pages} empty={t('auditOpen.empty')}>
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <Checkpoint key={row.size} checkpoint={row} />
              ))}
            </ul>
          )}
        </PagedList>
      </Panel>
      <Keys />
      <Panel title={t('auditOpen.how')}>
        <p className="audit-text">{t('auditOpen.howText')}</p>
      </Panel>
    </>
  );
}

function Checkpoint({ checkpoint: { size, root, at, reason, note } }: { checkpoint: AuditCheckpoint }) {
  const { t } = useTranslation();
  const [what = '', subject] = reason.split(' ');
  const known = REASONS.find((one) => one === what.replace('campaign.', ''));
  const campaign = subject?.startsWith('campaign/') ? subject.slice('campaign/'.length) : null;
  return (
    <li>
      <div className="row-head">
        <strong>{t('auditOpen.size', { n: size })}</strong>
        <span className="muted small">{formatInstant(at)}</span>
      </div>
      <div className="small">
        {known ? t(`auditOpen.reasons.${known}`) : what}
        {campaign !== null && (
          <>
            {' · '}
            <Link to={`/public/${campaign}`}>{campaign}</Link>
          </>
        )}
      </div>
      <div className="muted audit-hash">
        {t('auditOpen.root')} {root}
      </div>
      <details className="small">
        <summary>{t('auditOpen.note')}</summary>
        <pre className="audit-values">{note}</pre>
      </details>
    </li>
  );
}

function Keys() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['audit-keys'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/public/audit/keys'))).rows,
  });
  return (
    <Panel title={t('auditOpen.keys')}>
      <p className="muted">{t('auditOpen.keysLead')}</p>
      {query.isPending && <Loading />}
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className="muted">{t('auditOpen.noKeys')}</p>}
      <ul className="row-list">
        {query.data?.map(({ id, key, since }) => (
          <li key={id}>
            <div className="audit-hash">{key}</div>
            <div className="muted small">{t('auditOpen.keySince', { at: formatInstant(since) })}</div>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
