import { Card, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';
import { RoleRequestRow } from './role-request-row';

const STATES = ['open', 'decided'] as const;

/** What waits for a second person, and what became of the former ones. */
export function RoleRequests() {
  const { t } = useTranslation();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const pages = usePages(['role-requests', state], (cursor) =>
    answerOf(api.GET('/api/v1/role-requests', { params: { query: { state, cursor, limit: 20 } } })),
  );
  return (
    <Card
      title={t('users.requests.title')}
      extra={
        <Segmented
          aria-label={t('users.state')}
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: t(`users.requests.${value}`) }))}
        />
      }
    >
      <Paged
        pages={pages}
        empty={t(state === 'open' ? 'users.requests.emptyOpen' : 'users.requests.emptyDecided')}
      >
        {(rows) => (
          <>
            <ul className="row-list">
              {rows.map((row) => (
                <RoleRequestRow key={row.id} request={row} withUser />
              ))}
            </ul>
            {state === 'open' && rows.some(({ mayDecide }) => !mayDecide) && (
              <p className="muted small gap-above">{t('users.requests.notOwn')}</p>
            )}
          </>
        )}
      </Paged>
    </Card>
  );
}
