import { Button, Card, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { CreditRecord } from '../api/types';
import { CsvButton } from '../components/csv-button';
import { FilterSelect } from '../components/filter-select';
import { CorrectDialog } from '../components/handling/correct-dialog';
import { CreditLine } from '../components/handling/credit-line';
import { HandlingPolicyCard } from '../components/handling/policy-card';
import { Paged } from '../components/paged';
import { usePages } from '../lib/use-pages';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';

const KINDS = ['rectified', 'penalty', 'settled', 'abnormal-operations', 'serious-violation'] as const;
const PUBLICS = { yes: 'true', no: 'false' } as const;

/** The credit office: what stands in credit records, whether its results are public, and by which periods and measures. */
export function CreditPage() {
  const { t } = useTranslation();
  useTitle(t('credit.title'));
  const { search, set } = useSearchFilters();
  const [corrected, setCorrected] = useState<CreditRecord | null>(null);
  const isPublic = (['yes', 'no'] as const).find((one) => one === search.get('public'));
  const filter = {
    kind: KINDS.find((one) => one === search.get('kind')),
    public: isPublic && PUBLICS[isPublic],
    counting: search.get('counting') === 'true' ? ('true' as const) : undefined,
  };
  const pages = usePages(['credit-records', filter], (cursor) =>
    answerOf(api.GET('/api/v1/credit-records', { params: { query: { ...filter, cursor, limit: 30 } } })),
  );
  return (
    <>
      <div className="page-head">
        <h1>{t('credit.title')}</h1>
      </div>
      <p className="muted">{t('credit.lead')}</p>
      <div className="two-columns">
        <Card title={t('credit.records')} extra={<CsvButton path="credit-records" query={filter} />}>
          <div className="filters gap-below">
            <FilterSelect
              label={t('credit.kind')}
              any={t('credit.allKinds')}
              value={filter.kind}
              onChange={(value) => set('kind', value)}
              options={KINDS.map((value) => ({ value, label: t(`credit.kinds.${value}`) }))}
            />
            <FilterSelect
              label={t('credit.public')}
              any={t('credit.publics.any')}
              value={isPublic}
              onChange={(value) => set('public', value)}
              options={[
                { value: 'yes', label: t('credit.publics.yes') },
                { value: 'no', label: t('credit.publics.no') },
              ]}
            />
            <Checkbox
              checked={filter.counting !== undefined}
              onChange={(event) => set('counting', event.target.checked ? 'true' : '')}
            >
              {t('credit.counting')}
            </Checkbox>
          </div>
          <Paged pages={pages} empty={t('credit.empty')}>
            {(rows) => (
              <ul className="row-list">
                {rows.map((record) => (
                  <CreditLine
                    key={record.id}
                    record={record}
                    head={<Link to={`/entities/${record.creditCode}`}>{record.entityName}</Link>}
                  >
                    <div className="filters gap-above">
                      <Link to={`/cases/${record.caseId}`}>
                        {t('handling.number', { id: record.caseId })}
                      </Link>
                      {record.mayCorrect &&
                        !['abnormal-operations', 'serious-violation'].includes(record.kind) && (
                          <Button size="small" onClick={() => setCorrected(record)}>
                            {t('credit.correct')}
                          </Button>
                        )}
                    </div>
                  </CreditLine>
                ))}
              </ul>
            )}
          </Paged>
        </Card>
        <HandlingPolicyCard />
      </div>
      {corrected && <CorrectDialog record={corrected} onClose={() => setCorrected(null)} />}
    </>
  );
}
