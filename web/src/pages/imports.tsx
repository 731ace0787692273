import { Card, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { CsvButton } from '../components/csv-button';
import { ImportListRow, isUnderWay } from '../components/imports/import-row';
import '../components/imports/imports.css';
import { UploadCard } from '../components/imports/upload-card';
import { Paged } from '../components/paged';
import { IMPORT_KINDS, kindsFor } from '../lib/import-kinds';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const WATCH_MS = 1000;
const IDLE_MS = 30_000;

/** Files on their way into the registries, and those that went before. */
export function Imports() {
  const { t } = useTranslation();
  useTitle(t('imports.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const kind = IMPORT_KINDS.find((one) => one === search.get('kind'));
  const pages = usePages(
    ['imports', { kind }],
    (cursor) => answerOf(api.GET('/api/v1/imports', { params: { query: { kind, limit: 20, cursor } } })),
    { refetchInterval: (rows) => (rows?.some(isUnderWay) ? WATCH_MS : IDLE_MS) },
  );
  const own = kindsFor(me);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('imports.title')}</h1>
          <p className="muted">{t('imports.lead')}</p>
        </div>
        {hasRole(me, 'coordinator', 'admin') && <Link to="/region-codes">{t('regionCode.title')}</Link>}
      </div>
      {me && own.length > 0 && <UploadCard me={me} />}
      <Card
        title={t('imports.history')}
        extra={
          <span className="filters">
            <Select
              aria-label={t('imports.kindLabel')}
              className="stage-filter"
              value={kind ?? ''}
              onChange={(value) => setSearch(value === '' ? {} : { kind: value }, { replace: true })}
              options={[
                { value: '', label: t('imports.allKinds') },
                ...IMPORT_KINDS.map((value) => ({ value, label: t(`imports.kind.${value}`) })),
              ]}
            />
            <CsvButton path="imports" query={{ kind }} />
          </span>
        }
      >
        <Paged pages={pages} empty={t('imports.empty')}>
          {(runs) => (
            <ul className="row-list">
              {runs.map((run) => (
                <ImportListRow key={run.id} run={run} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
    </>
  );
}
