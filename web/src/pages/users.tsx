import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { UserAccount } from '../api/types';
import { CsvButton } from '../components/csv-button';
import { FilterSelect } from '../components/filter-select';
import { Paged } from '../components/paged';
import { CreateUserDialog } from '../components/users/create-user-dialog';
import { RoleRequests } from '../components/users/role-requests';
import { ROLES } from '../components/users/roles';
import '../components/users/users.css';
import { useDepartments } from '../lib/use-organisation';
import { usePages } from '../lib/use-pages';
import { useSearchFilters } from '../lib/use-search-filters';
import { useTitle } from '../lib/use-title';
import { hasRole, useSession } from '../session/use-session';

const STATES = ['active', 'disabled'] as const;

/** Who has an account and may what, for those who keep the accounts and those who guard them. */
export function Users() {
  const { t } = useTranslation();
  useTitle(t('users.title'));
  const { data: me } = useSession();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('users.title')}</h1>
          <p className="muted">{t('users.lead')}</p>
        </div>
        {hasRole(me, 'admin') && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setCreating(true)}>
            {t('users.create.title')}
          </Button>
        )}
      </div>
      <div className="stack">
        <RoleRequests />
        <UserList />
      </div>
      {isCreating && <CreateUserDialog onClose={() => setCreating(false)} />}
    </>
  );
}

function UserList() {
  const { t } = useTranslation();
  const { search, set } = useSearchFilters();
  const departments = useDepartments();
  const filter = {
    search: search.get('search') ?? undefined,
    role: ROLES.find((one) => one === search.get('role')),
    department: search.get('department') ?? undefined,
    state: STATES.find((one) => one === search.get('state')),
  };
  const pages = usePages(['users', filter], (cursor) =>
    answerOf(api.GET('/api/v1/users', { params: { query: { ...filter, cursor, limit: 30 } } })),
  );
  return (
    <Card title={t('users.list')} extra={<CsvButton path="users" query={filter} />}>
      <div className="filters gap-below">
        <Input.Search
          key={filter.search ?? ''}
          className="user-search"
          allowClear
          aria-label={t('users.search')}
          placeholder={t('users.search')}
          defaultValue={filter.search ?? ''}
          onSearch={(value) => set('search', value.trim())}
        />
        <FilterSelect
          label={t('users.role')}
          any={t('users.anyRole')}
          value={filter.role}
          onChange={(value) => set('role', value)}
          options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))}
        />
        <FilterSelect
          isSearched
          label={t('users.department')}
          any={t('users.anyDepartment')}
          value={filter.department}
          onChange={(value) => set('department', value)}
          options={(departments.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
        <FilterSelect
          label={t('users.state')}
          any={t('users.anyState')}
          value={filter.state}
          onChange={(value) => set('state', value)}
          options={STATES.map((value) => ({ value, label: t(`users.states.${value}`) }))}
        />
      </div>
      <Paged pages={pages} empty={t('users.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function Row({ row }: { row: UserAccount }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <Link to={`/users/${row.id}`}>
          <strong>{row.name}</strong> <span className="muted small">{row.username}</span>
        </Link>
        <span>
          {row.pending > 0 && <Tag color="gold">{t('users.pending', { n: row.pending })}</Tag>}
          {row.isDisabled && <Tag>{t('users.disabled')}</Tag>}
        </span>
      </div>
      <div className="muted small">
        {row.grants.length === 0
          ? t('users.noRoles')
          : row.grants
              .map(({ role, department, region }) =>
                [t(`roles.${role}`), department.name, region.name].join(' · '),
              )
              .join('；')}
      </div>
    </li>
  );
}
