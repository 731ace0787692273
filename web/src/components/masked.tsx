import { EyeInvisibleOutlined, EyeOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, Tooltip } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { RevealBody } from '../api/types';
import { problemText } from '../lib/problem-text';

type Field = RevealBody['fields'][number];

interface Props {
  record: RevealBody['record'];
  id: string | number;
  field: Field;
  /** As the answer has it. */
  value: string;
  sight: 'clear' | 'on-request' | 'masked';
}

/** A personal value: masked until whoever needs it has it shown, which goes on record. */
export function Masked({ record, id, field, value, sight }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [shown, setShown] = useState<string | null>(null);
  const reveal = useMutation({
    mutationFn: () => revealFields(record, String(id), [field]),
    onSuccess: (values) => setShown(values[field] ?? ''),
    onError: (error) => message.error(problemText(error, t)),
  });
  if (value === '') return <>{t('states.unset')}</>;
  const label = t(shown === null ? 'personal.show' : 'personal.hide');
  return (
    <span className="masked">
      <span aria-live="polite">{shown ?? value}</span>
      {sight === 'on-request' && (
        <Tooltip title={shown === null ? t('personal.hint') : undefined}>
          <Button
            type="text"
            size="small"
            icon={shown === null ? <EyeOutlined aria-hidden /> : <EyeInvisibleOutlined aria-hidden />}
            loading={reveal.isPending}
            onClick={() => (shown === null ? reveal.mutate() : setShown(null))}
          >
            {label}
          </Button>
        </Tooltip>
      )}
    </span>
  );
}

/** What was masked, in clear; on record. */
export const revealFields = async (
  record: RevealBody['record'],
  id: string,
  fields: Field[],
): Promise<Partial<Record<Field, string>>> =>
  (await answerOf(api.POST('/api/v1/personal-data/reveal', { body: { record, id, fields, reason: '' } })))
    .values;
