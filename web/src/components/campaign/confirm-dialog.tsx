import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../form-dialog';
import type { DialogProps } from './dialog-props';
import { useCommand, type Order } from './use-command';
import { ReasonField } from '../reason-field';

type Confirmed = Exclude<Order['command'], 'seal' | 'reveal' | 'recordPublicValue'>;

/** Says what a command does before it is given; returning and cancelling need a reason. */
export function ConfirmDialog({ command, campaign, onClose }: DialogProps & { command: Confirmed }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const give = useCommand(campaign.code, onClose);
  const needsReason = command === 'return' || command === 'cancel';
  const finish = ({ reason }: { reason: string }) =>
    give.mutate(command === 'return' || command === 'cancel' ? { command, body: { reason } } : { command });
  return (
    <FormDialog
      title={t(`commands.${command}`)}
      okText={t('dialog.confirm', { command: t(`commands.${command}`) })}
      form={form}
      request={give}
      danger={needsReason}
      onFinish={finish}
      onClose={onClose}
    >
      <p>{t(`commandHints.${command}`)}</p>
      {needsReason && <ReasonField label={t('dialog.reason')} needed={t('dialog.reasonNeeded')} autoFocus />}
    </FormDialog>
  );
}
