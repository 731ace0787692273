import { DatePicker, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDepartmentName, useDepartments, useRegions } from '../../lib/use-organisation';
import { ItemChoice } from './item-choice';

const useNeeded = () => {
  const { t } = useTranslation();
  return [{ required: true, message: t('plan.needed') }];
};

export function ScopeFields() {
  const { t } = useTranslation();
  const departments = useDepartments();
  const regions = useRegions();
  const inspecting = (departments.data ?? []).filter((one) => one.kind === 'inspecting');
  const needed = useNeeded();
  return (
    <>
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
    </>
  );
}

export function WindowField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="window" label={t('plan.window')} rules={useNeeded()}>
      <DatePicker.RangePicker className="full" />
    </Form.Item>
  );
}

/** `involved`: departments of the chosen items; `sizes`: of their teams, where the plan has some already. */
export function ItemFields({
  involved,
  sizes = {},
}: {
  involved: readonly string[];
  sizes: Record<string, number> | undefined;
}) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  return (
    <>
      <Form.Item name="items" label={t('plan.items')} extra={t('plan.itemsHint')} rules={useNeeded()}>
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
              initialValue={sizes[department] ?? 2}
            >
              <InputNumber min={1} max={10} precision={0} />
            </Form.Item>
          ))}
        </div>
      </Form.Item>
    </>
  );
}

export function TermFields() {
  const { t } = useTranslation();
  return (
    <>
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
    </>
  );
}

export function ModeField() {
  const { t } = useTranslation();
  return (
    <Form.Item name="mode" label={t('plan.mode')} rules={useNeeded()}>
      <Radio.Group className="choices">
        {(['joint', 'per_item'] as const).map((mode) => (
          <Radio key={mode} value={mode}>
            {t(`modes.${mode}`)}
            <div className="muted small">{t(`modes.${mode}Why`)}</div>
          </Radio>
        ))}
      </Radio.Group>
    </Form.Item>
  );
}

export function PublicSourceField() {
  const { t } = useTranslation();
  return (
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
  );
}
