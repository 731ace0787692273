import { Empty, Form, Input, InputNumber, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { AnnualPlan, PlanLine, PlanLineBody } from '../../api/types';
import { RangePicker } from '../day-pickers';
import { formatRatio } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { FormDialog } from '../form-dialog';
import { usePublishedItems } from '../plan/item-choice';
import { usePlanChange } from './use-plan';

interface Fields {
  department: string;
  item: string;
  regions: string[];
  percent: number | null;
  window: [Dayjs, Dayjs];
  note?: string;
}

interface Props {
  plan: AnnualPlan;
  /** null: a new one. */
  line: PlanLine | null;
  onClose: () => void;
}

/** What a department will check: which item, where, how many, when. */
export function LineDialog({ plan, line, onClose }: Props) {
  const { t } = useTranslation();
  const { year } = plan;
  const [form] = Form.useForm<Fields>();
  const regions = useRegions();
  const items = usePublishedItems();
  const department = Form.useWatch('department', form) as string | undefined;
  const chosen = Form.useWatch('item', form) as string | undefined;
  const own = (items.data ?? []).filter((item) => item.departmentCode === department);
  const item = own.find((one) => one.code === chosen);
  const fixed = item?.statutoryRatioPpm ?? item?.ratioPpm ?? null;
  const save = usePlanChange(
    year,
    (body: PlanLineBody, key) =>
      line
        ? answerOf(
            api.PUT('/api/v1/annual-plans/{year}/lines/{id}', {
              params: { path: { year, id: line.id } },
              body,
            }),
          )
        : answerOf(
            api.POST('/api/v1/annual-plans/{year}/lines', {
              params: { path: { year }, header: { 'Idempotency-Key': key } },
              body,
            }),
          ),
    onClose,
  );

  useEffect(() => {
    if (!(save.error instanceof Problem)) return;
    form.setFields(
      save.error.fields.map(({ field, message }) => ({ name: nameOf(field), errors: [message] })),
    );
  }, [save.error, form]);

  const needed = [{ required: true, message: t('annual.fields.needed') }];
  return (
    <FormDialog
      title={t(line ? 'annual.editTitle' : 'annual.addTitle')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={fieldsOf(plan, line)}
      onFinish={(fields) => save.mutate(bodyOf(fields, fixed))}
      onClose={onClose}
      width={640}
    >
      <Form.Item name="department" label={t('annual.fields.department')} rules={needed}>
        <Select
          disabled={line !== null || plan.writesFor.length < 2}
          options={plan.writesFor.map((one) => ({ value: one.code, label: one.name }))}
          onChange={() => form.resetFields(['item'])}
        />
      </Form.Item>
      <Form.Item
        name="item"
        label={t('annual.fields.item')}
        extra={t('annual.fields.itemHint')}
        rules={needed}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={items.isPending}
          notFoundContent={
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('annual.fields.itemsEmpty')} />
          }
          options={own.map((one) => ({ value: one.code, label: `${one.name} ${one.code}` }))}
        />
      </Form.Item>
      <Form.Item
        name="regions"
        label={t('annual.fields.regions')}
        extra={t('annual.fields.regionsHint')}
        rules={needed}
      >
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          loading={regions.isPending}
          options={(regions.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
        />
      </Form.Item>
      <Form.Item
        name="percent"
        label={t('annual.fields.ratio')}
        extra={
          fixed === null
            ? t('annual.fields.ratioHint')
            : t('annual.fields.ratioFixed', { ratio: formatRatio(fixed) })
        }
      >
        <InputNumber min={0.01} max={100} suffix="%" disabled={fixed !== null} />
      </Form.Item>
      <Form.Item
        name="window"
        label={t('annual.fields.window')}
        extra={t('annual.fields.windowHint', { year })}
        rules={needed}
      >
        <RangePicker className="full" />
      </Form.Item>
      <Form.Item name="note" label={t('annual.fields.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

function fieldsOf(plan: AnnualPlan, line: PlanLine | null): Partial<Fields> {
  if (!line) {
    const first = plan.writesFor[0];
    return {
      ...(first ? { department: first.code } : {}),
      window: [dayjs(`${plan.year}-03-01`), dayjs(`${plan.year}-06-30`)],
    };
  }
  return {
    department: line.department.code,
    item: line.item.code,
    regions: line.regions.map((region) => region.code),
    percent: line.ratioPpm === null ? null : line.ratioPpm / 10_000,
    window: [dayjs(line.windowFrom), dayjs(line.windowTo)],
    note: line.note,
  };
}

const bodyOf = (fields: Fields, fixed: number | null): PlanLineBody => ({
  department: fields.department,
  item: fields.item,
  regions: fields.regions,
  ratioPpm: fixed !== null || typeof fields.percent !== 'number' ? null : Math.round(fields.percent * 10_000),
  windowFrom: fields.window[0].format('YYYY-MM-DD'),
  windowTo: fields.window[1].format('YYYY-MM-DD'),
  note: fields.note ?? '',
});

/** The form's field that a problem's path is about. */
function nameOf(path: string): keyof Fields {
  const [head = ''] = path.split('.');
  if (head === 'windowFrom' || head === 'windowTo') return 'window';
  if (head === 'ratioPpm') return 'percent';
  return head === 'regions' || head === 'department' || head === 'note' ? head : 'item';
}
