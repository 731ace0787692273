import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { UserDetail } from '../api/types';
import { Loaded } from '../components/loaded';
import { AccountCard } from '../components/users/account-card';
import { AskRoleDialog, EndRoleDialog } from '../components/users/role-dialogs';
import { RoleRequestRow } from '../components/users/role-request-row';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** One person: roles with their dates, what was asked for, the account. */
export function UserPage() {
  const { t } = useTranslation();
  const id = Number(useParams()['id']);
  const query = useQuery({
    queryKey: ['users', id],
    queryFn: () => answerOf(api.GET('/api/v1/users/{id}', { params: { path: { id } } })),
  });
  useTitle(query.data?.name ?? t('users.title'));
  return (
    <>
      <p>
        <Link to="/users">← {t('users.back')}</Link>
      </p>
      <Loaded query={query}>{(user) => <Shown user={user} />}</Loaded>
    </>
  );
}

function Shown({ user }: { user: UserDetail }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {user.name} {user.isDisabled && <Tag>{t('users.disabled')}</Tag>}
          </h1>
          <p className="muted">{user.username}</p>
        </div>
      </div>
      {me?.id === user.id && <Alert type="info" title={t('users.own')} className="gap-below" />}
      <div className="stack">
        <RolesCard user={user} />
        <AccountCard user={user} />
        <Card title={t('users.history')}>
          {user.requests.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('users.requests.emptyDecided')} />
          ) : (
            <ul className="row-list">
              {user.requests.map((request) => (
                <RoleRequestRow key={request.id} request={request} />
              ))}
            </ul>
          )}
        </Card>
      </div>
    </>
  );
}

function RolesCard({ user }: { user: UserDetail }) {
  const { t } = useTranslation();
  const [isAsking, setAsking] = useState(false);
  const [ending, setEnding] = useState<UserDetail['grants'][number] | null>(null);
  return (
    <Card
      title={t('users.roles.title')}
      extra={user.may.request && <Button onClick={() => setAsking(true)}>{t('users.roles.request')}</Button>}
    >
      {user.grants.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('users.noRoles')} />
      ) : (
        <ul className="row-list">
          {user.grants.map((grant) => (
            <li key={`${grant.role}/${grant.department.code}/${grant.region.code}`}>
              <div className="row-head">
                <span>
                  <strong>{t(`roles.${grant.role}`)}</strong> · {grant.department.name} · {grant.region.name}
                </span>
                {user.may.endRoles && (
                  <Button size="small" danger onClick={() => setEnding(grant)}>
                    {t('users.roles.end')}
                  </Button>
                )}
              </div>
              <div className="muted small">{t('users.since', { at: formatInstant(grant.since) })}</div>
            </li>
          ))}
        </ul>
      )}
      {isAsking && <AskRoleDialog user={user} onClose={() => setAsking(false)} />}
      {ending && <EndRoleDialog user={user} grant={ending} onClose={() => setEnding(null)} />}
    </Card>
  );
}
