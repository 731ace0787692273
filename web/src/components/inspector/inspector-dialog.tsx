import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { Inspector, InspectorCreation } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { useIntention } from '../../lib/use-intention';
import { useDepartments, useRegions } from '../../lib/use-organisation';
import { FormDialog } from '../form-dialog';
import { INSPECTOR_STATUSES } from './inspector-tags';
import { ReasonField } from '../reason-field';

type Fields = Omit<InspectorCreation, 'certificateValidUntil' | 'email' | 'capacity'> & {
  certificateValidUntil: Dayjs;
  email?: string;
  capacity?: number | null;
};

interface Props {
  /** Whom the new inspector belongs to. */
  department: string;
  /** Who is edited; without: a new one. */
  known?: Inspector & { email: string | null; phone: string };
  onClose: () => void;
}

export function InspectorDialog({ department, known, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const departments = useDepartments();
  const regions = useRegions();
  const save = useMutation({
    mutationFn: (fields: Fields) => answerOf(send(fields, known?.code, department, key)),
    onSuccess: async ({ code }) => {
      void message.success(t('inspectors.saved'));
      onClose();
      await client.invalidateQueries();
      if (!known) void navigate(`/inspectors/${code}`);
    },
    onSettled: settle,
  });
  const needed = [{ required: true, message: t('inspectors.needed') }];
  return (
    <FormDialog
      title={known ? `${t('inspectors.edit')}：${known.name}` : t('inspectors.create')}
      okText={t('actions.save')}
      form={form}
      request={save}
      onFinish={save.mutate}
      onClose={onClose}
      initialValues={initialOf(known, department)}
    >
      {!known && (
        <Form.Item
          name="code"
          label={t('inspectors.fields.code')}
          extra={t('inspectors.hints.code')}
          rules={[{ required: true, pattern: /^[A-Za-z0-9-]{1,40}$/, message: t('inspectors.hints.code') }]}
        >
          <Input maxLength={40} autoFocus />
        </Form.Item>
      )}
      <Form.Item name="name" label={t('inspectors.fields.name')} rules={needed}>
        <Input maxLength={50} />
      </Form.Item>
      {known && (
        <Form.Item
          name="departmentCode"
          label={t('inspectors.fields.departmentCode')}
          extra={t('inspectors.hints.departmentCode')}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(departments.data ?? [])
              .filter((one) => one.kind === 'inspecting')
              .map((one) => ({ value: one.code, label: one.name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="certificateNumber" label={t('inspectors.fields.certificateNumber')} rules={needed}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item
        name="certificateValidUntil"
        label={t('inspectors.fields.certificateValidUntil')}
        extra={t('inspectors.hints.certificateValidUntil')}
        rules={needed}
      >
        <DayPicker className="full" />
      </Form.Item>
      <Form.Item name="status" label={t('inspectors.fields.status')} extra={known && t('inspectors.running')}>
        <Select
          options={INSPECTOR_STATUSES.map((value) => ({ value, label: t(`inspectors.status.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="regions" label={t('inspectors.fields.regions')} extra={t('inspectors.hints.regions')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={(regions.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
      </Form.Item>
      <Form.Item
        name="qualifications"
        label={t('inspectors.fields.qualifications')}
        extra={t('inspectors.hints.qualifications')}
      >
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[',', '，', '；', ';', ' ']} />
      </Form.Item>
      <Form.Item
        name="capacity"
        label={t('inspectors.fields.capacity')}
        extra={t('inspectors.hints.capacity')}
      >
        <InputNumber min={1} max={10_000} precision={0} className="full" />
      </Form.Item>
      <Form.Item name="phone" label={t('inspectors.fields.phone')}>
        <Input maxLength={30} type="tel" />
      </Form.Item>
      <Form.Item name="email" label={t('inspectors.fields.email')}>
        <Input maxLength={254} type="email" />
      </Form.Item>
      <ReasonField
        label={t('inspectors.reason')}
        needed={t('inspectors.reasonNeeded')}
        hint={t('inspectors.hints.reason')}
        rows={2}
        maxLength={200}
      />
    </FormDialog>
  );
}

const initialOf = (known: Props['known'], department: string): Partial<Fields> =>
  known
    ? {
        name: known.name,
        departmentCode: known.departmentCode,
        certificateNumber: known.certificateNumber,
        certificateValidUntil: dayjs(known.certificateValidUntil),
        regions: known.regions,
        qualifications: known.qualifications,
        capacity: known.capacity,
        status: known.status,
        email: known.email ?? '',
        phone: known.phone,
      }
    : { departmentCode: department, status: 'active', regions: [], qualifications: [] };

function send(fields: Fields, code: string | undefined, department: string, key: string) {
  const body = {
    ...fields,
    departmentCode: code === undefined ? department : fields.departmentCode,
    certificateValidUntil: fields.certificateValidUntil.format('YYYY-MM-DD'),
    capacity: fields.capacity ?? null,
    email: fields.email === undefined || fields.email.trim() === '' ? null : fields.email.trim(),
    phone: (fields.phone as string | undefined)?.trim() ?? '',
  };
  const header = { 'Idempotency-Key': key };
  return code === undefined
    ? api.POST('/api/v1/inspectors', { params: { header }, body })
    : api.PUT('/api/v1/inspectors/{code}', { params: { path: { code }, header }, body });
}
