import { PlusOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Empty } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { NewApiKey } from '../api/types';
import { KeyDialog } from '../components/api-key/key-dialog';
import { KeyRow } from '../components/api-key/key-row';
import { API_KEYS_KEY } from '../components/api-key/keys';
import { ShownKey } from '../components/api-key/shown-key';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';

/** Keys by which other systems call: whose, for what, how long. */
export function ApiKeys() {
  const { t } = useTranslation();
  useTitle(t('apiKeys.title'));
  const [isOpen, setIsOpen] = useState(false);
  const [shown, setShown] = useState<NewApiKey | null>(null);
  const query = useQuery({
    queryKey: API_KEYS_KEY,
    queryFn: () => answerOf(api.GET('/api/v1/api-keys')),
  });
  const hasServices = (query.data?.services.length ?? 0) > 0;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('apiKeys.title')}</h1>
          <p className="muted">{t('apiKeys.lead')}</p>
        </div>
        {hasServices && (
          <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setIsOpen(true)}>
            {t('apiKeys.create')}
          </Button>
        )}
      </div>
      <Loaded query={query}>
        {({ rows, services, scopes }) => (
          <>
            {!hasServices && (
              <Alert
                type="info"
                showIcon
                className="gap-below"
                title={t('apiKeys.noServices')}
                description={<code>{COMMAND}</code>}
              />
            )}
            <Card>
              {rows.length === 0 ? (
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('apiKeys.empty')} />
              ) : (
                <ul className="row-list">
                  {rows.map((row) => (
                    <KeyRow key={row.id} row={row} scopes={scopes} onRotated={setShown} />
                  ))}
                </ul>
              )}
            </Card>
            {isOpen && (
              <KeyDialog
                services={services}
                scopes={scopes}
                onMade={(made) => {
                  setIsOpen(false);
                  setShown(made);
                }}
                onClose={() => setIsOpen(false)}
              />
            )}
            {shown && <ShownKey made={shown} onClose={() => setShown(null)} />}
          </>
        )}
      </Loaded>
    </>
  );
}

const COMMAND =
  'npm run user -- add --service --username province --name 省级平台 --role credit_officer --department FGW --region 691100';
