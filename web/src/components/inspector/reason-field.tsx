import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** Why something in an inspector's record changes. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('inspectors.reason')}
      rules={[{ required: true, whitespace: true, message: t('inspectors.reasonNeeded') }]}
    >
      <Input.TextArea rows={2} maxLength={200} />
    </Form.Item>
  );
}
