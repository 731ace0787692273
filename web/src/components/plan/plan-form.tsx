import { Button, Card, DatePicker, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import type { CampaignPlan } from '../../api/types';
import { useDepartmentName, useDepartments, useRegions } from '../../lib/use-organisation';
import { departmentsOf, useSession } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';
import { ItemChoice, usePublishedItems } from './item-choice';
import { fieldOf, planOf, type PlanFields } from './plan-fields';
import { RatioFields } from './ratio-fields';
import { useStrata } from './use-strata';

interface Props {
  /** A whole plan, or what a new one begins with. */
  initial: Partial<PlanFields>;
  sendLabel: string;
  error: Error | null;
  isSending: boolean;
  onSend: (plan: CampaignPlan) => void;
}

/** A campaign's plan; what the server finds wrong is shown at the field it is about. */
export function PlanForm({ initial, sendLabel, error, isSending, onSend }: Props) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [form] = Form.useForm<PlanFields>();
  const departments = useDepartments();
  const regions = useRegions();
  const items = usePublishedItems();
  const chosen = (Form.useWatch('items', form) as string[] | undefined) ?? initial.items ?? [];
  const strata = useStrata(form, initial);
  const involved = [
    ...new Set(
      (items.data ?? []).filter((item) => chosen.includes(item.code)).map((item) => item.departmentCode),
    ),
  ].sort();
  const own = departmentsOf(me, 'lead_officer', 'coordinator')[0];
  const inspecting = (departments.data ?? []).filter((one) => one.kind === 'inspecting');
  const nameOf = useDepartmentName();

  useEffect(() => {
    if (!(error instanceof Problem) || error.fields.length === 0) return;
    const messages = new Map<string, { name: (string | number)[]; errors: string[] }>();
    for (const { field, message } of error.fields) {
      const name = fieldOf(field, strata);
      if (name === null) continue;
      const entry = messages.get(name.join()) ?? { name, errors: [] };
      entry.errors.push(message);
      messages.set(name.join(), entry);
    }
    const fields = [...messages.values()];
    form.setFields(fields as Parameters<typeof form.setFields>[0]);
    const first = fields[0];
    if (first)
      form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], {
        behavior: 'smooth',
        block: 'center',
      });
  }, [error, form, strata]);

  const needed = [{ required: true, message: t('plan.needed') }];
  return (
    <Form
      form={form}
      layout="vertical"
      scrollToFirstError
      initialValues={{ leadDepartment: own, ...initial }}
      onFinish={(fields) => onSend(planOf(fields, involved, strata))}
    >
      <Card className="gap-below">
        <Form.Item name="name" label={t('plan.name')} rules={[{ ...needed[0], whitespace: true }]}>
          <Input maxLength={200} placeholder={t('plan.nameHint')} />
        </Form.Item>
        <Form.Item name="leadDepartment" label={t('plan.lead')} rules={needed}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={departments.isPending}
            options={inspecting.map((one) => ({ value: one.code, label: one.name }))}
          />
        </Form.Item>
        <Form.Item name="regions" label={t('plan.regions')} extra={t('plan.regionsHint')} rules={needed}>
          <Select
            mode="multiple"
            showSearch={{ optionFilterProp: 'label' }}
            loading={regions.isPending}
            options={(regions.data ?? []).map((one) => ({
              value: one.code,
              label: `${one.name} ${one.code}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="window" label={t('plan.window')} rules={needed}>
          <DatePicker.RangePicker className="full" />
        </Form.Item>
      </Card>
      <Card className="gap-below">
        <Form.Item name="items" label={t('plan.items')} extra={t('plan.itemsHint')} rules={needed}>
          <ItemChoice />
        </Form.Item>
        <Form.Item label={t('plan.teams')} extra={t('plan.teamsHint')}>
          {involved.length === 0 && <span className="muted">{t('plan.teamsEmpty')}</span>}
          <div className="small-fields">
            {involved.map((department) => (
              <Form.Item
                key={department}
                name={['teams', department]}
                label={nameOf(department)}
                initialValue={initial.teams?.[department] ?? 2}
              >
                <InputNumber min={1} max={10} precision={0} />
              </Form.Item>
            ))}
          </div>
        </Form.Item>
        <Form.Item
          name="rotation"
          label={t('plan.rotation')}
          extra={t('plan.rotationHint')}
          valuePropName="checked"
        >
          <Switch checkedChildren={t('plan.rotationOn')} unCheckedChildren={t('plan.rotationOff')} />
        </Form.Item>
        <Form.Item
          name="demandsApproval"
          label={t('inspections.planLabel')}
          extra={t('inspections.planHint')}
          valuePropName="checked"
        >
          <Switch checkedChildren={t('inspections.on')} unCheckedChildren={t('inspections.off')} />
        </Form.Item>
      </Card>
      <Card className="gap-below">
        <Form.Item name="mode" label={t('plan.mode')} rules={needed}>
          <Radio.Group className="choices">
            {(['joint', 'per_item'] as const).map((mode) => (
              <Radio key={mode} value={mode}>
                {t(`modes.${mode}`)}
                <div className="muted small">{t(`modes.${mode}Why`)}</div>
              </Radio>
            ))}
          </Radio.Group>
        </Form.Item>
        <RatioFields strata={strata} />
        <Form.Item name="publicContributor" label={t('plan.publicContributor')} extra={t('plan.publicHint')}>
          <Radio.Group
            options={[
              { value: 'public:dice', label: t('publicSources.dice') },
              { value: 'public:lottery', label: t('publicSources.lottery') },
              { value: 'public:beacon', label: t('publicSources.beacon') },
              { value: '', label: t('publicSources.none') },
            ]}
          />
        </Form.Item>
      </Card>
      <ProblemAlert error={error} className="gap-below" />
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {sendLabel}
      </Button>
    </Form>
  );
}
