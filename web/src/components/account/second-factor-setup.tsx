import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { FormDialog } from '../form-dialog';

interface Props {
  offered: { uri: string; secret: string };
  onDone: (codes: string[]) => void;
  onClose: () => void;
}

/** The QR code, and the first code that the app makes of it. */
export function SecondFactorSetup({ offered, onDone, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<{ code: string }>();
  const confirm = useMutation({
    mutationFn: (body: { code: string }) => answerOf(api.PUT('/api/v1/account/second-factor', { body })),
    onSuccess: async ({ codes }) => {
      onDone(codes);
      await client.invalidateQueries();
    },
  });
  return (
    <FormDialog
      title={t('secondFactor.setUp')}
      okText={t('secondFactor.confirm')}
      form={form}
      request={confirm}
      onFinish={confirm.mutate}
      onClose={onClose}
    >
      <p>{t('secondFactor.scan')}</p>
      <div className="second-factor-qr">
        <QRCode value={offered.uri} type="svg" size={200} bordered={false} />
      </div>
      <p className="muted small">
        {t('secondFactor.byHand')} <span className="mono">{offered.secret.match(/.{1,4}/g)?.join(' ')}</span>
      </p>
      <Form.Item
        name="code"
        label={t('secondFactor.code')}
        rules={[{ required: true, message: t('account.password.needed') }]}
      >
        <Input inputMode="numeric" autoComplete="one-time-code" maxLength={7} autoFocus />
      </Form.Item>
    </FormDialog>
  );
}
