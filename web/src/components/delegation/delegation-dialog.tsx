import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { RangePicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';

export interface Person {
  id: number;
  name: string;
  department: { code: string; name: string };
}

interface Fields {
  person: number;
  delegate: number;
  days: [Dayjs, Dayjs];
  reason: string;
}

interface Props {
  me: number;
  people: Person[];
  /** Besides the person themselves. */
  mayActFor: number[];
  onClose: () => void;
}

export function DelegationDialog({ me, people, mayActFor, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const person = Form.useWatch('person', form) as number | undefined;
  const { key, settle } = useIntention();
  const create = useMutation({
    mutationFn: ({ days: [from, until], ...body }: Fields) =>
      answerOf(
        api.POST('/api/v1/delegations', {
          params: { header: { 'Idempotency-Key': key } },
          body: { ...body, from: from.format('YYYY-MM-DD'), until: until.format('YYYY-MM-DD') },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('delegation.created'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  const needed = [{ required: true, message: t('delegation.needed') }];
  const away = people.filter(({ id }) => id === me || mayActFor.includes(id));
  const theirs = people.filter((one) => one.id === person).map((one) => one.department.code);
  const standIns = people.filter((one) => one.id !== person && theirs.includes(one.department.code));
  const optionsOf = (rows: Person[]) =>
    [...new Map(rows.map((one) => [one.id, one])).values()].map(({ id, name, department }) => ({
      value: id,
      label: `${name} · ${department.name}`,
    }));
  return (
    <FormDialog
      title={t('delegation.create')}
      okText={t('delegation.create')}
      form={form}
      request={create}
      onFinish={create.mutate}
      onClose={onClose}
      initialValues={{ person: me }}
    >
      <Alert type="info" title={t('delegation.resultsHint')} className="gap-below" />
      <Form.Item name="person" label={t('delegation.person')} rules={needed}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={optionsOf(away)}
          onChange={() => form.resetFields(['delegate'])}
        />
      </Form.Item>
      <Form.Item name="delegate" label={t('delegation.delegate')} rules={needed}>
        <Select showSearch={{ optionFilterProp: 'label' }} options={optionsOf(standIns)} />
      </Form.Item>
      <Form.Item name="days" label={t('delegation.days')} rules={needed}>
        <RangePicker className="full" minDate={dayjs(today())} />
      </Form.Item>
      <Form.Item name="reason" label={t('delegation.reason')} rules={[{ ...needed[0], whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </FormDialog>
  );
}
