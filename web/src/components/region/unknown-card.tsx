import { Alert, App, Button, Card, Empty, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { RegionBook } from '../../api/types';
import { Instant } from '../instant';
import { ProblemAlert } from '../problem-alert';
import { useRegionRetry } from './use-region-book';

interface Props {
  book: RegionBook;
  onAdd: (code: string) => void;
  onMap: (code: string) => void;
}

/** Codes that files brought and nobody knows, and the rows that can go in since they are known. */
export function UnknownCard({ book: { unknown, retries }, onAdd, onMap }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const retry = useRegionRetry(() => void message.success(t('regionCode.retried')));
  return (
    <Card title={t('regionCode.unknown')} className="gap-below">
      <p className="muted">{t('regionCode.unknownLead')}</p>
      {retries.map(({ importId, fileName, rows, obstacle }) => (
        <Alert
          key={importId}
          className="gap-below"
          type={obstacle === null ? 'info' : 'warning'}
          title={t('regionCode.ready', { id: importId, file: fileName, n: rows })}
          description={obstacle}
          action={
            obstacle === null && (
              <Button loading={retry.isPending} onClick={() => retry.mutate(importId)}>
                {t('regionCode.retry')}
              </Button>
            )
          }
        />
      ))}
      <ProblemAlert error={retry.error} className="gap-below" />
      {unknown.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('regionCode.noneUnknown')} />
      ) : (
        <ul className="row-list">
          {unknown.map(({ code, rows, firstSeen, lastSeen, imports }) => (
            <li key={code}>
              <div className="row-head">
                <span>
                  <strong className="mono">{code}</strong> {t('regionCode.rows', { n: rows })}
                </span>
                <Space wrap>
                  {/^\d{6}$/.test(code) && (
                    <Button
                      size="small"
                      onClick={() => onAdd(code)}
                      aria-label={`${t('regionCode.add')} ${code}`}
                    >
                      {t('regionCode.add')}
                    </Button>
                  )}
                  <Button
                    size="small"
                    onClick={() => onMap(code)}
                    aria-label={`${t('regionCode.map')} ${code}`}
                  >
                    {t('regionCode.map')}
                  </Button>
                </Space>
              </div>
              <div className="muted small">
                {t('regionCode.seen')} <Instant at={firstSeen} />
                {firstSeen !== lastSeen && (
                  <>
                    {' – '}
                    <Instant at={lastSeen} />
                  </>
                )}
              </div>
              {imports.map(({ id, fileName, rows: ofImport, sample }) => (
                <div key={id} className="small">
                  <Link to="/imports">{t('regionCode.fromImport', { id, file: fileName })}</Link>{' '}
                  {t('regionCode.rows', { n: ofImport })} ·{' '}
                  <span className="muted">
                    {t('regionCode.sample', { row: sample.rowNumber, text: sample.text })}
                  </span>
                </div>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
