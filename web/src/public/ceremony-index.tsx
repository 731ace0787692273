import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { CeremonyLine } from '../api/types';
import { formatInstant } from '../lib/format';
import { Panel } from '../components/open-parts';

const MOST = 5;

/** The newest ceremonies, with the way to watch them or to read their minutes. */
export function CeremonyIndex() {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['ceremonies'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/public/ceremonies'))).rows,
    refetchInterval: 30_000,
  });
  const rows = query.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={t('ceremonies.title')}>
      <p className="muted">{t('ceremonies.lead')}</p>
      <CeremonyRows rows={rows.slice(0, MOST)} />
      <p>
        <Link to="/public/ceremonies">{t('openPages.ceremonies.all')}</Link>
      </p>
    </Panel>
  );
}

export function CeremonyRows({ rows }: { rows: CeremonyLine[] }) {
  const { t } = useTranslation();
  return (
    <ul className="row-list">
      {rows.map((row) => (
        <li key={`${row.campaign.code}/${row.number ?? ''}`}>
          <div className="row-head">
            <strong>
              <Link to={placeOf(row)}>
                {row.campaign.name}
                {row.number !== null && ` · ${t('wall.number', { number: row.number })}`}
              </Link>
            </strong>
            <span className={row.status === 'void' ? 'bad' : 'chip'}>
              {t(`ceremonies.states.${row.status}`)}
            </span>
          </div>
          <div className="muted small">
            {row.campaign.code} · {t('wall.lead', { name: row.leadDepartment })}
            {row.frozenAt && ` · ${t('wall.frozenAt', { at: formatInstant(row.frozenAt) })}`}
            {row.voidReason && ` · ${row.voidReason}`}
          </div>
          <div className="small head-links">
            <Link to={`/public/${row.campaign.code}`}>{t('openPages.ceremonies.campaign')}</Link>
            {row.commitment !== null && row.bundleSha256 !== null && (
              <>
                <a href={`/api/v1/public/campaigns/${row.campaign.code}/bundle.zip`} download>
                  {t('openPages.ceremonies.bundle')}
                </a>
                <a href={`/verify.html#commitment=${row.commitment}&sha256=${row.bundleSha256}`}>
                  {t('openPages.ceremonies.check')}
                </a>
              </>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What is over is read, what goes on or comes is watched. */
const placeOf = ({ campaign, number, status }: CeremonyLine): string =>
  number !== null && (status === 'void' || status === 'drawn')
    ? `/public/${campaign.code}/ceremony/${number}/minutes`
    : `/public/${campaign.code}/ceremony`;
