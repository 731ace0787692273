import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, InputNumber } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';

interface Fields {
  topic: string;
  heldOn: Dayjs;
  hours: number;
  validUntil: Dayjs;
}

export function TrainingDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const enter = useMutation({
    mutationFn: ({ topic, heldOn, hours, validUntil }: Fields) =>
      answerOf(
        api.POST('/api/v1/inspectors/{code}/trainings', {
          params: { path: { code }, header: { 'Idempotency-Key': key } },
          body: {
            topic,
            heldOn: heldOn.format('YYYY-MM-DD'),
            hours,
            validUntil: validUntil.format('YYYY-MM-DD'),
          },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('training.entered'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  const needed = [{ required: true, message: t('training.needed') }];
  return (
    <FormDialog
      title={t('training.enter')}
      okText={t('training.enter')}
      form={form}
      request={enter}
      onFinish={enter.mutate}
      onClose={onClose}
      initialValues={{ hours: 8 }}
    >
      <p className="muted">{t('training.hint')}</p>
      <Form.Item name="topic" label={t('training.topic')} rules={[{ ...needed[0], whitespace: true }]}>
        <Input autoFocus maxLength={100} placeholder={t('training.topicHint')} />
      </Form.Item>
      <Form.Item name="heldOn" label={t('training.heldOn')} rules={needed}>
        <DayPicker className="full" maxDate={dayjs(today())} />
      </Form.Item>
      <Form.Item name="hours" label={t('training.hours')} rules={needed}>
        <InputNumber min={0.5} max={999} step={0.5} className="full" />
      </Form.Item>
      <Form.Item name="validUntil" label={t('training.validUntil')} rules={needed}>
        <DayPicker className="full" />
      </Form.Item>
    </FormDialog>
  );
}
