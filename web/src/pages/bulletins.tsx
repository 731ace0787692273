import { PlusOutlined } from '@ant-design/icons';
import { App, Button, Card, Form, Tag } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answerOf, api } from '../api/client';
import { RangePicker } from '../components/day-pickers';
import { useBulletinChange } from '../components/bulletin/use-bulletin';
import { FormDialog } from '../components/form-dialog';
import { FilterSelect } from '../components/filter-select';
import { Paged } from '../components/paged';
import { formatInstant } from '../lib/format';
import { usePages } from '../lib/use-pages';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const KINDS = ['monthly', 'quarterly', 'yearly', 'special'] as const;
const STAGES = ['draft', 'submitted', 'returned', 'published', 'withdrawn'] as const;

export function Bulletins() {
  const { t } = useTranslation();
  useTitle(t('bulletin.title'));
  const { data: me } = useSession();
  const { search, set } = useSearchFilters();
  const [isDrafting, setDrafting] = useState(false);
  const filter = {
    kind: KINDS.find((one) => one === search.get('kind')),
    stage: STAGES.find((one) => one === search.get('stage')),
  };
  const pages = usePages(['bulletins', filter], (cursor) =>
    answerOf(api.GET('/api/v1/bulletins', { params: { query: { ...filter, cursor, limit: 30 } } })),
  );
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('bulletin.title')}</h1>
          <p className="muted">{t('bulletin.lead')}</p>
        </div>
        {hasRole(me, 'supervisor') && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setDrafting(true)}>
            {t('bulletin.draft')}
          </Button>
        )}
      </div>
      <div className="filters gap-below">
        <FilterSelect
          label={t('bulletin.filters.kind')}
          any={t('bulletin.filters.anyKind')}
          value={filter.kind}
          onChange={(value) => set('kind', value)}
          options={KINDS.map((value) => ({ value, label: t(`bulletin.kinds.${value}`) }))}
        />
        <FilterSelect
          label={t('bulletin.filters.stage')}
          any={t('bulletin.filters.anyStage')}
          value={filter.stage}
          onChange={(value) => set('stage', value)}
          options={STAGES.map((value) => ({ value, label: t(`bulletin.stages.${value}`) }))}
        />
      </div>
      <Card>
        <Paged
          pages={pages}
          empty={t(filter.kind || filter.stage ? 'bulletin.emptyFiltered' : 'bulletin.empty')}
        >
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <li key={row.number}>
                  <div className="row-head">
                    <strong>
                      <Link to={`/bulletins/${row.number}`}>{row.title}</Link>
                    </strong>
                    <Tag>{t(`bulletin.stages.${row.stage}`)}</Tag>
                  </div>
                  <div className="muted small">
                    {t(`bulletin.kinds.${row.kind}`)} ·{' '}
                    {t('bulletin.line', {
                      number: row.number,
                      period: row.periodText,
                      region: row.region.name,
                    })}{' '}
                    ·{' '}
                    {row.publishedAt
                      ? t('bulletin.publishedAt', { at: formatInstant(row.publishedAt) })
                      : t('bulletin.createdAt', { at: formatInstant(row.createdAt) })}
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Paged>
      </Card>
      {isDrafting && <DraftDialog onClose={() => setDrafting(false)} />}
    </>
  );
}

function DraftDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ period: [Dayjs, Dayjs] }>();
  const draft = useBulletinChange(
    ({ period: [from, to] }: { period: [Dayjs, Dayjs] }, key) =>
      answerOf(
        api.POST('/api/v1/bulletins', {
          params: { header: { 'Idempotency-Key': key } },
          body: { from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') },
        }),
      ),
    ({ number }) => {
      void message.success(t('bulletin.drafted', { number }));
      void navigate(`/bulletins/${number}`);
    },
  );
  return (
    <FormDialog
      title={t('bulletin.draft')}
      okText={t('bulletin.draft')}
      form={form}
      request={draft}
      onFinish={draft.mutate}
      onClose={onClose}
    >
      <p className="muted">{t('bulletin.draftHint')}</p>
      <Form.Item
        name="period"
        label={t('bulletin.period')}
        rules={[{ required: true, message: t('bulletin.periodNeeded') }]}
      >
        <RangePicker className="full" />
      </Form.Item>
    </FormDialog>
  );
}
