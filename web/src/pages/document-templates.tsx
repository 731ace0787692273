import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Loaded } from '../components/loaded';
import { formatInstant } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { departmentsOf, useSession } from '../session/use-session';

const CITY = 'city';

/** By whose template each kind of document is made. */
export function DocumentTemplates() {
  const { t, i18n } = useTranslation();
  useTitle(t('templates.title'));
  const { data: me } = useSession();
  const departments = useDepartments();
  const [search, setSearch] = useSearchParams();
  // A liaison comes for the own department.
  const whose = search.get('department') ?? departmentsOf(me, 'liaison')[0] ?? CITY;
  const department = whose === CITY ? undefined : whose;
  const query = useQuery({
    queryKey: ['document-templates', whose],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/document-templates', { params: { query: department ? { department } : {} } }),
      ),
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('templates.title')}</h1>
          <p className="muted">{t('templates.lead')}</p>
        </div>
        <Select
          aria-label={t('templates.whose')}
          className="stage-filter"
          value={whose}
          onChange={(value) => setSearch({ department: value }, { replace: true })}
          options={[
            { value: CITY, label: t('templates.city') },
            ...(departments.data ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
      </div>
      <Loaded query={query}>
        {({ rows, mayKeep }) => (
          <div className="stack">
            {!mayKeep && <Alert type="info" showIcon title={t('templates.readOnly')} />}
            <Card>
              <ul className="row-list">
                {rows.map((row) => (
                  <li key={row.kind}>
                    <div className="row-head">
                      <Link to={`/document-templates/${row.kind}?department=${whose}`}>
                        {i18n.language === 'en' ? row.en : row.zh}
                      </Link>
                      <Tag color={row.origin === 'department' ? 'blue' : 'default'}>
                        {t(`templates.origin.${row.origin}`, { n: row.version })}
                      </Tag>
                    </div>
                    {row.changedAt && (
                      <div className="muted small">
                        {t('templates.changed', { by: row.changedBy, at: formatInstant(row.changedAt) })}
                      </div>
                    )}
                  </li>
                ))}
              </ul>
            </Card>
          </div>
        )}
      </Loaded>
    </>
  );
}
