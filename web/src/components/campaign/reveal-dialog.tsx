import { Alert, Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { keptSecret } from '../../lib/secret';
import { useSession } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';
import { awaitedDepartments } from '../../lib/awaited-departments';
import type { DialogProps } from './dialog-props';
import { useCommand } from './use-command';

/** Reveals what the department sealed; this browser fills it in if the sealing was done here. */
export function RevealDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [form] = Form.useForm<{ department: string; value: string }>();
  const give = useCommand(campaign.code, onClose);
  const commitment = campaign.ceremony?.commitment ?? '';
  const departments = me ? awaitedDepartments(campaign, me, 'revealed') : [];
  const department = (Form.useWatch('department', form) as string | undefined) ?? departments[0] ?? '';
  const isKept = keptSecret(commitment, department) !== null;
  const nameOf = (code: string) => campaign.departments.find((one) => one.code === code)?.name ?? code;
  return (
    <Modal
      open
      title={t('commands.reveal')}
      okText={t('dialog.confirm', { command: t('commands.reveal') })}
      confirmLoading={give.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('commandHints.reveal')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          department: departments[0],
          value: keptSecret(commitment, departments[0] ?? '') ?? '',
        }}
        onFinish={(body) => give.mutate({ command: 'reveal', body })}
      >
        <Form.Item name="department" label={t('dialog.department')}>
          <Select
            options={departments.map((code) => ({ value: code, label: nameOf(code) }))}
            onChange={(code: string) => form.setFieldValue('value', keptSecret(commitment, code) ?? '')}
          />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('dialog.secret')}
          rules={[{ required: true, min: 16, message: t('dialog.secretShort') }]}
        >
          <Input.TextArea autoSize className="mono" maxLength={256} spellCheck={false} />
        </Form.Item>
      </Form>
      <Alert
        className="gap-below"
        type={isKept ? 'info' : 'warning'}
        title={t(isKept ? 'dialog.restored' : 'dialog.notRestored')}
      />
      <ProblemAlert error={give.error} />
    </Modal>
  );
}
