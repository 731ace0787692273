import { Card, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeadlinePolicyVersion } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { usePages } from '../../lib/use-pages';
import { Paged } from '../paged';

const COLOURS = { remind: 'blue', overdue: 'orange', urge: 'red', escalate: 'magenta' };

/** Who would be told what over the next 30 days, by what is in force or by a version. */
export function ReminderPreview({ versions }: { versions: DeadlinePolicyVersion[] }) {
  const { t } = useTranslation();
  const [version, setVersion] = useState<number | undefined>();
  const [person, setPerson] = useState('');
  const query = {
    ...(version === undefined ? {} : { version }),
    ...(person === '' ? {} : { person }),
  };
  const pages = usePages(['reminder-preview', query], (cursor) =>
    answerOf(api.GET('/api/v1/reminder-preview', { params: { query: { ...query, cursor, limit: 50 } } })),
  );
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
  return (
    <Card
      title={t('deadlinePolicy.preview')}
      extra={
        <a href={`/api/v1/reminder-preview.csv${search === '' ? '' : `?${search}`}`} download>
          {t('deadlinePolicy.csv')}
        </a>
      }
    >
      <p className="muted">{t('deadlinePolicy.previewHint')}</p>
      <div className="filters gap-below">
        <Select
          aria-label={t('deadlinePolicy.previewOf')}
          value={version ?? 0}
          onChange={(chosen) => setVersion(chosen === 0 ? undefined : chosen)}
          options={[
            { value: 0, label: t('deadlinePolicy.asIs') },
            ...versions.map((one) => ({
              value: one.version,
              label: `${t('policy.version', { n: one.version })} · ${t(`policy.status.${one.status}`)}`,
            })),
          ]}
          popupMatchSelectWidth={false}
        />
        <Input.Search
          aria-label={t('deadlinePolicy.person')}
          placeholder={t('deadlinePolicy.person')}
          allowClear
          onSearch={(text) => setPerson(text.trim())}
          style={{ width: 200 }}
        />
      </div>
      <Paged pages={pages} empty={t('deadlinePolicy.previewEmpty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row, at) => (
              <li key={at}>
                <div className="row-head">
                  <span>
                    <strong>{row.day}</strong> · {row.person}
                  </span>
                  <Tag color={COLOURS[row.action]}>{t(`deadlinePolicy.actions.${row.action}`)}</Tag>
                </div>
                <div className="muted small">
                  {row.department} ·{' '}
                  {t('deadlinePolicy.tasks', { n: row.tasks, kind: t(`task.kinds.${row.kind}`) })} ·{' '}
                  {t('deadlinePolicy.dueAt', { at: formatInstant(row.dueAt) })} ·{' '}
                  {t(`deadlinePolicy.urgency.${row.urgency}`)}（{formatInstant(row.at)}）
                </div>
              </li>
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}
