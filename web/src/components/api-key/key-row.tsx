import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Popconfirm, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ApiKey, KeyScope, NewApiKey } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ProblemAlert } from '../problem-alert';
import { API_KEYS_KEY } from './keys';
import { RotateDialog } from './rotate-dialog';
import { useScopeName } from './scope-name';

const COLOURS = { active: 'green', expired: 'default', revoked: 'red' } as const;

interface Props {
  row: ApiKey;
  scopes: readonly KeyScope[];
  onRotated: (made: NewApiKey) => void;
}

export function KeyRow({ row, scopes, onRotated }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const nameOf = useScopeName(scopes);
  const [isRotating, setIsRotating] = useState(false);
  const revoke = useMutation({
    mutationFn: () => answerOf(api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: row.id } } })),
    onSuccess: () => void message.success(t('apiKeys.revoked')),
    onSettled: () => client.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  const used =
    row.lastUsedAt === null
      ? t('apiKeys.neverUsed')
      : t('apiKeys.used', { at: formatInstant(row.lastUsedAt), address: row.lastUsedAddress ?? '' });
  return (
    <li>
      <div className="row-head">
        <Space wrap>
          <strong>{row.name}</strong>
          <code>{row.prefix}…</code>
          <Tag color={COLOURS[row.state]}>{t(`apiKeys.states.${row.state}`)}</Tag>
        </Space>
        {row.state === 'active' && (
          <Space>
            {!row.isReplaced && (
              <Button size="small" onClick={() => setIsRotating(true)}>
                {t('apiKeys.rotate')}
              </Button>
            )}
            <Popconfirm
              title={t('apiKeys.revokeConfirm')}
              okText={t('apiKeys.revoke')}
              onConfirm={() => revoke.mutate()}
            >
              <Button size="small" danger loading={revoke.isPending}>
                {t('apiKeys.revoke')}
              </Button>
            </Popconfirm>
          </Space>
        )}
      </div>
      <div>{row.scopes.map(nameOf).join('；')}</div>
      <div className="muted small">
        {[
          `${row.service.name} (${row.service.username})`,
          t('apiKeys.made', { at: formatInstant(row.createdAt), by: row.creator }),
          t(row.state === 'active' ? 'apiKeys.expires' : 'apiKeys.expired', {
            at: formatInstant(row.expiresAt),
          }),
          used,
          ...(row.isReplaced ? [t('apiKeys.replaced')] : []),
        ].join(' · ')}
      </div>
      <ProblemAlert error={revoke.error} />
      {isRotating && (
        <RotateDialog
          row={row}
          onMade={(made) => {
            setIsRotating(false);
            onRotated(made);
          }}
          onClose={() => setIsRotating(false)}
        />
      )}
    </li>
  );
}
