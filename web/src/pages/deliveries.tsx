import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Card, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { DeliveryTarget } from '../api/types';
import { DELIVERIES_KEY } from '../components/delivery/keys';
import { TargetCard } from '../components/delivery/target-card';
import { TargetDialog } from '../components/delivery/target-dialog';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';

/** To which systems published results go, and what became of each batch. */
export function Deliveries() {
  const { t } = useTranslation();
  useTitle(t('deliveries.title'));
  const { message } = App.useApp();
  const [edited, setEdited] = useState<DeliveryTarget | 'new' | null>(null);
  const query = useQuery({
    queryKey: [...DELIVERIES_KEY, 'targets'],
    queryFn: () => answerOf(api.GET('/api/v1/delivery-targets')),
    refetchInterval: 30_000,
  });
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('deliveries.title')}</h1>
          <p className="muted">{t('deliveries.lead')}</p>
        </div>
        {query.data && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
            {t('deliveries.create')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ rows, presets, kinds }) => (
          <div className="stack">
            {rows.length === 0 && (
              <Card>
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('deliveries.empty')} />
              </Card>
            )}
            {rows.map((target) => (
              <TargetCard
                key={target.code}
                target={target}
                isReachable={kinds.includes(target.kind)}
                onEdit={() => setEdited(target)}
              />
            ))}
            {edited && (
              <TargetDialog
                target={edited === 'new' ? null : edited}
                presets={presets}
                onSaved={() => {
                  void message.success(t('deliveries.saved'));
                  setEdited(null);
                }}
                onClose={() => setEdited(null)}
              />
            )}
          </div>
        )}
      </Loaded>
    </>
  );
}
