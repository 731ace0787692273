import { DownloadOutlined, DownOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Dropdown, Input, Select, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Inspector } from '../api/types';
import { InspectorDialog } from '../components/inspector/inspector-dialog';
import { INSPECTOR_STATUSES, InspectorTags } from '../components/inspector/inspector-tags';
import { Paged } from '../components/paged';
import { useDepartmentName, useDepartments, useRegions } from '../lib/use-organisation';
import { useRegionNames } from '../lib/use-region-names';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { departmentsOf, hasRole, useSession } from '../session/use-session';

const CERTIFICATES = ['expired', 'expiring'] as const;
const TRAININGS = ['invalid', 'expiring'] as const;

/** Who can be sent to inspect, department by department. */
export function Inspectors() {
  const { t } = useTranslation();
  useTitle(t('inspectors.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const [isCreating, setIsCreating] = useState(false);
  const departments = useDepartments();
  const regions = useRegions();
  const nameOf = useDepartmentName();
  const keeps = departmentsOf(me, 'liaison', 'lead_officer');
  const department = search.get('department') ?? departmentsOf(me, 'liaison', 'lead_officer', 'inspector')[0];
  const set = (name: string) => (search.get(name) === '' ? undefined : (search.get(name) ?? undefined));
  const filters = {
    q: set('q'),
    department: department === '' ? undefined : department,
    status: INSPECTOR_STATUSES.find((one) => one === search.get('status')),
    certificate: CERTIFICATES.find((one) => one === search.get('certificate')),
    training: TRAININGS.find((one) => one === search.get('training')),
    region: set('region'),
  };
  const pages = usePages(['inspectors', filters], (cursor) =>
    answerOf(api.GET('/api/v1/inspectors', { params: { query: { ...filters, limit: 50, cursor } } })),
  );
  const filter = (change: Record<string, string>) =>
    setSearch({ ...given({ ...filters, department: department ?? '' }), ...change }, { replace: true });
  const mayExport = hasRole(me, 'liaison', 'lead_officer', 'coordinator', 'supervisor');
  return (
    <>
      <div className="page-head">
        <h1>{t('inspectors.title')}</h1>
        <div className="filters">
          {mayExport && (
            <Space.Compact>
              <Button icon={<DownloadOutlined aria-hidden />} href={csvOf(filters)} download>
                {t('inspectors.export')}
              </Button>
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    {
                      key: 'clear',
                      label: (
                        <a href={csvOf({ ...filters, personal: 'clear' })} download>
                          {t('personal.exportClear')}
                        </a>
                      ),
                    },
                  ],
                }}
              >
                <Button icon={<DownOutlined aria-hidden />} aria-label={t('personal.exportMore')} />
              </Dropdown>
            </Space.Compact>
          )}
          {keeps.length > 0 && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setIsCreating(true)}>
              {t('inspectors.create')}
            </Button>
          )}
        </div>
      </div>
      <p className="muted">{t('inspectors.hint')}</p>
      <div className="filters gap-below">
        <Input.Search
          allowClear
          className="stage-filter"
          aria-label={t('inspectors.search')}
          placeholder={t('inspectors.search')}
          defaultValue={filters.q}
          onSearch={(q) => filter({ q })}
        />
        <Select
          aria-label={t('inspectors.department')}
          className="stage-filter"
          showSearch={{ optionFilterProp: 'label' }}
          value={department ?? ''}
          onChange={(value) => filter({ department: value })}
          options={[
            { value: '', label: t('inspectors.allDepartments') },
            ...(departments.data ?? [])
              .filter((one) => one.kind === 'inspecting')
              .map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
        <Select
          aria-label={t('inspectors.statusLabel')}
          className="stage-filter"
          value={filters.status ?? ''}
          onChange={(value) => filter({ status: value })}
          options={[
            { value: '', label: t('inspectors.allStatuses') },
            ...INSPECTOR_STATUSES.map((value) => ({ value, label: t(`inspectors.status.${value}`) })),
          ]}
        />
        <Select
          aria-label={t('inspectors.certificateLabel')}
          className="stage-filter"
          value={filters.certificate ?? ''}
          onChange={(value) => filter({ certificate: value })}
          options={[
            { value: '', label: t('inspectors.certificates.all') },
            ...CERTIFICATES.map((value) => ({ value, label: t(`inspectors.certificates.${value}`) })),
          ]}
        />
        <Select
          aria-label={t('training.title')}
          className="stage-filter"
          value={filters.training ?? ''}
          onChange={(value) => filter({ training: value })}
          options={[
            { value: '', label: t('training.filter.all') },
            ...TRAININGS.map((value) => ({ value, label: t(`training.filter.${value}`) })),
          ]}
        />
        <Select
          aria-label={t('inspectors.regionLabel')}
          className="stage-filter"
          showSearch={{ optionFilterProp: 'label' }}
          value={filters.region ?? ''}
          onChange={(value) => filter({ region: value })}
          options={[
            { value: '', label: t('inspectors.allRegions') },
            ...(regions.data ?? []).map((one) => ({ value: one.code, label: `${one.name} ${one.code}` })),
          ]}
        />
      </div>
      <Card>
        <Paged pages={pages} empty={t('inspectors.empty')}>
          {(rows) => (
            <ul className="row-list">
              {rows.map((row) => (
                <InspectorLine key={row.code} inspector={row} department={nameOf(row.departmentCode)} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
      {isCreating && keeps[0] !== undefined && (
        <InspectorDialog department={keeps[0]} onClose={() => setIsCreating(false)} />
      )}
    </>
  );
}

const csvOf = (filters: Record<string, string | undefined>): string =>
  `/api/v1/inspectors.csv?${new URLSearchParams(given(filters)).toString()}`;

/** What is set, for the address. */
const given = (filters: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );

function InspectorLine({ inspector, department }: { inspector: Inspector; department: string }) {
  const { t } = useTranslation();
  const regionNames = useRegionNames();
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/inspectors/${inspector.code}`}>{inspector.name}</Link>
        </strong>
        <InspectorTags inspector={inspector} />
      </div>
      <div className="muted small">
        {inspector.code} · {department} · {inspector.certificateNumber} ·{' '}
        {t('inspectors.validUntil', { day: inspector.certificateValidUntil })} ·{' '}
        {inspector.trainedUntil !== null && `${t('training.until', { day: inspector.trainedUntil })} · `}
        {regionNames(inspector.regions)}
        {inspector.qualifications.length > 0 && ` · ${inspector.qualifications.join('、')}`}
      </div>
    </li>
  );
}
