import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { contributorName } from '../../lib/contributor-name';
import { ProblemAlert } from '../problem-alert';
import type { DialogProps } from './dialog-props';
import { useCommand } from './use-command';

/** Records the value of the public source, with where a citizen can look it up. */
export function PublicValueDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ value: string; source: string }>();
  const give = useCommand(campaign.code, onClose);
  const contributor = campaign.publicContributor ?? '';
  return (
    <Modal
      open
      title={t('commands.recordPublicValue')}
      okText={t('dialog.confirm', { command: t('commands.recordPublicValue') })}
      confirmLoading={give.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('commandHints.recordPublicValue')}</p>
      <Form
        form={form}
        layout="vertical"
        onFinish={(fields) => give.mutate({ command: 'recordPublicValue', body: { contributor, ...fields } })}
      >
        <Form.Item label={t('dialog.contributor')}>
          {contributorName(contributor, campaign.departments, t)}
        </Form.Item>
        <Form.Item
          name="value"
          label={t('dialog.value')}
          rules={[{ required: true, whitespace: true, message: t('dialog.valueNeeded') }]}
        >
          <Input maxLength={256} autoFocus />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('dialog.source')}
          rules={[{ required: true, whitespace: true, message: t('dialog.sourceNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} placeholder={t('dialog.sourceHint')} />
        </Form.Item>
      </Form>
      <ProblemAlert error={give.error} />
    </Modal>
  );
}
