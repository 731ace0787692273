import { PlusOutlined } from '@ant-design/icons';
import { Card, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Item } from '../api/types';
import { CsvButton } from '../components/csv-button';
import { ItemStatus, STATUSES } from '../components/item/item-status';
import { methodsOf } from '../components/item/item-text';
import { LinkButton } from '../components/link-button';
import { Paged } from '../components/paged';
import { useDepartmentName, useDepartments } from '../lib/use-organisation';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { departmentsOf, hasRole, useSession } from '../session/use-session';

/** Items as departments write them and the list office reviews them. */
export function Items() {
  const { t } = useTranslation();
  useTitle(t('items.title'));
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  const departments = useDepartments();
  const own = departmentsOf(me, 'liaison', 'lead_officer');
  const department = search.get('department') ?? own[0] ?? '';
  const status = STATUSES.find((one) => one === search.get('status'));
  const query = { department: department || undefined, status, limit: 50 };
  const pages = usePages(['items', query], (cursor) =>
    answerOf(api.GET('/api/v1/items', { params: { query: { ...query, cursor } } })),
  );
  const nameOf = useDepartmentName();
  const filter = (change: Record<string, string>) =>
    setSearch({ department, ...(status ? { status } : {}), ...change }, { replace: true });
  return (
    <>
      <div className="page-head">
        <h1>{t('items.title')}</h1>
        <div className="filters">
          <Select
            aria-label={t('items.department')}
            className="stage-filter"
            showSearch={{ optionFilterProp: 'label' }}
            value={department}
            onChange={(value) => filter({ department: value })}
            options={[
              { value: '', label: t('items.allDepartments') },
              ...(departments.data ?? [])
                .filter((one) => one.kind === 'inspecting')
                .map((one) => ({ value: one.code, label: one.name })),
            ]}
          />
          <Select
            aria-label={t('items.statusLabel')}
            className="stage-filter"
            value={status ?? ''}
            onChange={(value) => filter({ status: value })}
            options={[
              { value: '', label: t('items.allStatuses') },
              ...STATUSES.map((value) => ({ value, label: t(`items.status.${value}`) })),
            ]}
          />
          <CsvButton path="items" query={{ department, status }} />
          {hasRole(me, 'liaison', 'lead_officer') && (
            <LinkButton to="/items/new" type="primary" icon={<PlusOutlined aria-hidden />}>
              {t('items.create')}
            </LinkButton>
          )}
        </div>
      </div>
      <Card>
        <Paged pages={pages} empty={t('items.empty')}>
          {(items) => (
            <ul className="row-list">
              {items.map((item) => (
                <ItemRow key={item.code} item={item} department={nameOf(item.departmentCode)} />
              ))}
            </ul>
          )}
        </Paged>
      </Card>
    </>
  );
}

function ItemRow({ item, department }: { item: Item; department: string }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/items/${item.code}`}>{item.name}</Link>
        </strong>
        <ItemStatus status={item.status} />
      </div>
      <div className="muted small">
        {item.code} · {department} · {t('items.versionOf', { n: item.version })} ·{' '}
        {t(`open.categories.${item.category}`)} · {methodsOf(item, t)}
      </div>
      {item.returnedReason && <div>{t('items.returned', { reason: item.returnedReason })}</div>}
    </li>
  );
}
