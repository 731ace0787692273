import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { PublicBulletin } from '../api/types';
import { BulletinDocument } from '../components/bulletin/bulletin-document';
import { EditionNotes } from '../components/bulletin/edition-notes';
import { FileLinks } from '../components/documents/file-links';
import { Loading, Panel } from '../components/open-parts';
import { formatInstant, formatSecond } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { PageFailure } from './page-failure';
import { usePublicBulletin } from './use-public-bulletin';

const FORMATS = ['json', 'csv'] as const;

export function PublicBulletinPage() {
  const { t } = useTranslation();
  const { number = '' } = useParams();
  const query = usePublicBulletin(number);
  const { title, periodText, region } = query.data ?? {};
  useTitle(title, title && t('openPages.bulletin', { title, period: periodText, region: region?.name }));
  if (query.error && !query.data) {
    return (
      <PageFailure
        error={query.error}
        onRetry={() => void query.refetch()}
        list={{ to: '/public/bulletins', text: t('bulletin.open.back') }}
      />
    );
  }
  return (
    <>
      <p>
        <Link to="/public/bulletins">← {t('bulletin.open.back')}</Link>
      </p>
      {query.data ? <Content bulletin={query.data} /> : <Loading />}
    </>
  );
}

function Content({ bulletin }: { bulletin: PublicBulletin }) {
  const { t } = useTranslation();
  const { number, texts, report, editions } = bulletin;
  const [newest] = editions;
  return (
    <>
      <h1>{bulletin.title}</h1>
      <p className="muted">
        {t('bulletin.line', { number, period: bulletin.periodText, region: bulletin.region.name })}
        {bulletin.publishedAt &&
          ` · ${t('bulletin.publishedAt', { at: formatInstant(bulletin.publishedAt) })}`}
      </p>
      {newest && newest.edition > 1 && (
        <p className="note">{t('bulletin.open.corrected', { n: newest.edition })}</p>
      )}
      {texts && report ? (
        <>
          <div className="list-tools">
            <p className="small">
              <strong>{t('bulletin.open.openData')}</strong>{' '}
              <span className="muted">{t('bulletin.open.openDataHint')}</span>{' '}
              {FORMATS.map((format) => (
                <a key={format} href={`/api/v1/public/bulletins/${number}/bulletin.${format}`} download>
                  {format.toUpperCase()}
                </a>
              ))}
            </p>
            <span className="head-links">
              <FileLinks href={`/api/v1/public/bulletins/${number}/document`} name={bulletin.title} />
              <Link to={`/public/bulletins/${number}/print`}>{t('bulletin.print')}</Link>
            </span>
          </div>
          <BulletinDocument texts={texts} report={report} />
          <p className="muted small gap-above">
            {t('bulletin.sheet.foot', { at: formatSecond(report.asOf), sha256: '' })}
            <span className="mono">{bulletin.sha256}</span>
          </p>
        </>
      ) : (
        <p className="note-bad">{t('bulletin.open.withdrawn')}</p>
      )}
      <Panel title={t('bulletin.editions')}>
        <ul className="row-list">
          {editions.map((one) => (
            <li key={one.edition}>
              {t('bulletin.openEdition', { n: one.edition, at: formatInstant(one.publishedAt) })}
              <EditionNotes edition={one} />
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}
