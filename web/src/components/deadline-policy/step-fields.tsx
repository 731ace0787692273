import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Form, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { deadlinePolicyTexts } from '../../i18n/zh/deadline-policy';

type Action = keyof typeof deadlinePolicyTexts.deadlinePolicy.actions;
type Recipient = keyof typeof deadlinePolicyTexts.deadlinePolicy.recipients;
type Urgency = keyof typeof deadlinePolicyTexts.deadlinePolicy.urgency;

export interface StepFieldValues {
  offset: number;
  action: Action;
  to: Recipient[];
  urgency: Urgency;
}

const keysOf = <K extends string>(texts: Record<K, string>) => Object.keys(texts) as K[];

/** The steps of one row of the policy. */
export function StepFields({ name }: { name: (string | number)[] }) {
  const { t } = useTranslation();
  const needed = [{ required: true, message: t('deadlinePolicy.needed') }];
  return (
    <Form.List name={name}>
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name: at }) => (
            <div key={key} className="policy-step">
              <Form.Item name={[at, 'offset']} label={t('deadlinePolicy.offset')} rules={needed}>
                <InputNumber min={-250} max={250} precision={0} className="full" />
              </Form.Item>
              <Form.Item name={[at, 'action']} label={t('deadlinePolicy.what')} rules={needed}>
                <Select
                  options={keysOf(deadlinePolicyTexts.deadlinePolicy.actions).map((value) => ({
                    value,
                    label: t(`deadlinePolicy.actions.${value}`),
                  }))}
                />
              </Form.Item>
              <Form.Item name={[at, 'to']} label={t('deadlinePolicy.whom')} rules={needed}>
                <Select
                  mode="multiple"
                  options={keysOf(deadlinePolicyTexts.deadlinePolicy.recipients).map((value) => ({
                    value,
                    label: t(`deadlinePolicy.recipients.${value}`),
                  }))}
                />
              </Form.Item>
              <Form.Item name={[at, 'urgency']} label={t('deadlinePolicy.how')} rules={needed}>
                <Select
                  options={keysOf(deadlinePolicyTexts.deadlinePolicy.urgency).map((value) => ({
                    value,
                    label: t(`deadlinePolicy.urgency.${value}`),
                  }))}
                />
              </Form.Item>
              <Button
                aria-label={t('deadlinePolicy.removeStep')}
                title={t('deadlinePolicy.removeStep')}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => remove(at)}
              />
            </div>
          ))}
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => add({ offset: 0, action: 'remind', to: ['responsible'], urgency: 'digest' })}
          >
            {t('deadlinePolicy.addStep')}
          </Button>
        </>
      )}
    </Form.List>
  );
}
