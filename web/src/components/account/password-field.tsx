import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** The person's own password once more. */
export function PasswordField({ username }: { username: string }) {
  const { t } = useTranslation();
  return (
    <>
      {/* Password managers find the password by it. */}
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Form.Item
        name="current"
        label={t('account.password.current')}
        rules={[{ required: true, message: t('account.password.needed') }]}
      >
        <Input.Password autoComplete="current-password" />
      </Form.Item>
    </>
  );
}
