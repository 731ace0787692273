import { Button, Card, Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import '../components/audit/audit.css';
import { DayPicker } from '../components/day-pickers';
import { AuditLine } from '../components/audit/audit-line';
import { ChainState } from '../components/audit/chain-state';
import { Paged } from '../components/paged';
import { usePages } from '../lib/use-pages';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';

const TEXTS = ['actor', 'action', 'subject', 'address'] as const;
const DAYS = ['from', 'to'] as const;

/** Who did what, for the auditor: searched by person, action, subject, address and day. */
export function AuditLog() {
  const { t } = useTranslation();
  useTitle(t('audit.title'));
  const { search, set, clear } = useSearchFilters();
  const filter = Object.fromEntries(
    [...TEXTS, ...DAYS].map((name) => [name, search.get(name) ?? undefined]),
  ) as Partial<Record<(typeof TEXTS)[number] | (typeof DAYS)[number], string>>;
  const pages = usePages(['audit', filter], (cursor) =>
    answerOf(api.GET('/api/v1/audit/entries', { params: { query: { ...filter, cursor, limit: 50 } } })),
  );
  const asked = search.toString();
  const query = asked === '' ? '' : `?${asked}`;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('audit.title')}</h1>
          <p className="muted">{t('audit.lead')}</p>
        </div>
        <div className="filters">
          <Button href={`/api/v1/audit/entries.csv${query}`} download>
            {t('audit.exportCsv')}
          </Button>
          <Button href={`/api/v1/audit/entries.jsonl${query}`} download>
            {t('audit.exportLines')}
          </Button>
        </div>
      </div>
      <div className="stack">
        <ChainState />
        <Card>
          <div className="filters gap-below">
            {TEXTS.map((name) => (
              <Input.Search
                // What another place of the page set, or cleared, is shown.
                key={`${name}/${filter[name] ?? ''}`}
                className="audit-filter"
                allowClear
                aria-label={t(`audit.${name}`)}
                placeholder={t(`audit.${name}`)}
                defaultValue={filter[name] ?? ''}
                onSearch={(value) => set(name, value.trim())}
              />
            ))}
            {DAYS.map((name) => (
              <DayPicker
                key={name}
                aria-label={t(`audit.${name}`)}
                placeholder={t(`audit.${name}`)}
                value={filter[name] === undefined ? null : dayjs(filter[name])}
                onChange={(value) => set(name, value?.format('YYYY-MM-DD') ?? '')}
              />
            ))}
            {asked !== '' && <Button onClick={clear}>{t('audit.clear')}</Button>}
          </div>
          <Paged pages={pages} empty={t('audit.empty')}>
            {(rows) => (
              <ul className="row-list">
                {rows.map((row) => (
                  <AuditLine key={row.seq} entry={row} onFilter={set} />
                ))}
              </ul>
            )}
          </Paged>
        </Card>
      </div>
    </>
  );
}
