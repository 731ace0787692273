import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** A request has its reason on the public record. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('amendments.reason')}
      extra={t('amendments.reasonHint')}
      rules={[{ required: true, min: 5, whitespace: true, message: t('amendments.reasonNeeded') }]}
    >
      <Input.TextArea rows={3} maxLength={1000} />
    </Form.Item>
  );
}
