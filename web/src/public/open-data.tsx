import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { openPageTexts } from '../i18n/zh/open-pages';
import { Panel } from '../components/open-parts';
import { useTitle } from '../lib/use-title';

interface DataSet {
  name: keyof typeof openPageTexts.openPages.data.names;
  /** The page that shows it to people. */
  page: string;
  /** Its path in the API; of what belongs to a campaign, with the campaign's place left open. */
  api: string;
  files: ReactNode;
}

const file = (href: string) => (
  <a key={href} href={href} download>
    {href.slice(href.lastIndexOf('.') + 1).toUpperCase()}
  </a>
);

/** Which data there is for everybody, in which form, and what may be done with it. */
export function PublicOpenData() {
  const { t } = useTranslation();
  useTitle(t('openPages.data.title'), t('openPages.data.lead'));
  const perCampaign = t('openPages.data.perCampaign');
  const sets: DataSet[] = [
    { name: 'campaigns', page: '/public', api: '/public/campaigns', files: 'JSON' },
    { name: 'ceremonies', page: '/public/ceremonies', api: '/public/ceremonies', files: 'JSON' },
    {
      name: 'bundle',
      page: '/public',
      api: '/public/campaigns/{code}/bundle.zip',
      files: `ZIP, JSONL · ${perCampaign}`,
    },
    {
      name: 'visits',
      page: '/public',
      api: '/public/campaigns/{code}/visits',
      files: `JSON · ${perCampaign}`,
    },
    {
      name: 'results',
      page: '/public/results',
      api: '/public/campaigns/{code}/results',
      files: `CSV, JSON · ${perCampaign}`,
    },
    {
      name: 'items',
      page: '/public/items',
      api: '/public/items',
      files: ['xlsx', 'csv', 'json'].map((ending) => file(`/api/v1/public/items.${ending}`)),
    },
    {
      name: 'plans',
      page: '/public/annual-plans',
      api: '/public/annual-plans/{year}',
      files: 'XLSX, CSV, JSON',
    },
    {
      name: 'bulletins',
      page: '/public/bulletins',
      api: '/public/bulletins/{number}',
      files: `JSON, CSV · ${t('openPages.data.perBulletin')}`,
    },
    { name: 'audit', page: '/public/audit', api: '/public/audit/checkpoints', files: 'JSON' },
  ];
  return (
    <>
      <h1>{t('openPages.data.title')}</h1>
      <p className="lead">{t('openPages.data.lead')}</p>
      <Panel title={t('openPages.data.sets')}>
        <table className="cards">
          <thead>
            <tr>
              <th>{t('openPages.data.columns.what')}</th>
              <th>{t('openPages.data.columns.files')}</th>
              <th>{t('openPages.data.columns.api')}</th>
            </tr>
          </thead>
          <tbody>
            {sets.map(({ name, page, api, files }) => (
              <tr key={name}>
                <td data-label={t('openPages.data.columns.what')}>
                  <Link to={page}>{t(`openPages.data.names.${name}`)}</Link>
                </td>
                <td data-label={t('openPages.data.columns.files')}>
                  <span className="head-links">{files}</span>
                </td>
                <td data-label={t('openPages.data.columns.api')}>
                  <code className="mono break">GET /api/v1{api}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('openPages.data.api')}>
        <p>{t('openPages.data.apiText')}</p>
        <p className="head-links">
          <a className="button" href="/api/docs/">
            {t('openPages.data.apiDocs')}
          </a>
          <a href="/api/v1/openapi.json">{t('openPages.data.apiDocument')}</a>
        </p>
        <p className="muted small">{t('openPages.data.limits')}</p>
      </Panel>
      <Panel title={t('openPages.data.licence')}>
        <p>{t('openPages.data.licenceText', { product: t('product') })}</p>
      </Panel>
      <Panel title={t('openPages.data.personal')}>
        <p>{t('openPages.data.personalText')}</p>
      </Panel>
    </>
  );
}
