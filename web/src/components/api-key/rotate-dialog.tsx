import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ApiKey, NewApiKey } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { API_KEYS_KEY } from './keys';

interface Fields {
  overlapHours: number;
}

const LONGEST_HOURS = 720;

export function RotateDialog(props: { row: ApiKey; onMade: (made: NewApiKey) => void; onClose: () => void }) {
  const { row, onMade, onClose } = props;
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const client = useQueryClient();
  const rotate = useMutation({
    mutationFn: (body: Fields) =>
      answerOf(api.POST('/api/v1/api-keys/{id}/rotation', { params: { path: { id: row.id } }, body })),
    onSuccess: onMade,
    onSettled: () => client.invalidateQueries({ queryKey: API_KEYS_KEY }),
  });
  return (
    <FormDialog
      title={`${t('apiKeys.rotate')} · ${row.name}`}
      okText={t('apiKeys.make')}
      form={form}
      request={rotate}
      initialValues={{ overlapHours: 24 }}
      onFinish={rotate.mutate}
      onClose={onClose}
    >
      <Form.Item
        name="overlapHours"
        label={t('apiKeys.overlap')}
        extra={t('apiKeys.overlapHint')}
        rules={[{ required: true, message: t('apiKeys.needed') }]}
      >
        <InputNumber min={0} max={LONGEST_HOURS} precision={0} suffix={t('apiKeys.hours')} />
      </Form.Item>
    </FormDialog>
  );
}
