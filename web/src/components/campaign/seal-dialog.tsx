import { Alert, App, Button, Checkbox, Form, Input, Modal, Select, Space } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveText } from '../../lib/save-text';
import { generateSecret, isSealable, keepSecret, keptSecret, sealOf } from '../../lib/secret';
import { useSession } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';
import { awaitedDepartments } from '../../lib/awaited-departments';
import type { DialogProps } from './dialog-props';
import { useCommand } from './use-command';

interface Fields {
  department: string;
  value: string;
  kept: boolean;
}

/** Seals a department's secret value: only its digest leaves the browser, and the value must not be lost. */
export function SealDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { data: me } = useSession();
  const [form] = Form.useForm<Fields>();
  const [seal, setSeal] = useState('');
  const give = useCommand(campaign.code, onClose);
  const commitment = campaign.ceremony?.commitment ?? '';
  const departments = me ? awaitedDepartments(campaign, me, 'sealed') : [];
  const department = (Form.useWatch('department', form) as string | undefined) ?? departments[0] ?? '';
  const value = (Form.useWatch('value', form) as string | undefined) ?? '';

  useEffect(() => {
    let isCurrent = true;
    void sealOf(commitment, department, value).then((next) => {
      if (isCurrent) setSeal(isSealable(value) ? next : '');
    });
    return () => {
      isCurrent = false;
    };
  }, [commitment, department, value]);

  const finish = async (fields: Fields) => {
    keepSecret(commitment, fields.department, fields.value);
    const sealed = await sealOf(commitment, fields.department, fields.value);
    give.mutate({ command: 'seal', body: { department: fields.department, seal: sealed } });
  };
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    void message.success(t('actions.copied'));
  };
  const download = () =>
    saveText(
      `onevisit-${campaign.code}-${department}.txt`,
      `campaign: ${campaign.code}\ncommitment: ${commitment}\ncontributor: ${department}\nvalue: ${value}\nseal: ${seal}\n`,
    );
  const nameOf = (code: string) => campaign.departments.find((one) => one.code === code)?.name ?? code;
  return (
    <Modal
      open
      title={t('commands.seal')}
      okText={t('dialog.confirm', { command: t('commands.seal') })}
      confirmLoading={give.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('commandHints.seal')}</p>
      <Form
        form={form}
        layout="vertical"
        initialValues={{
          department: departments[0],
          value: keptSecret(commitment, departments[0] ?? '') ?? generateSecret(),
        }}
        onFinish={(fields) => void finish(fields)}
      >
        <Form.Item name="department" label={t('dialog.department')}>
          <Select options={departments.map((code) => ({ value: code, label: nameOf(code) }))} />
        </Form.Item>
        <Form.Item
          name="value"
          label={t('dialog.secret')}
          extra={t('dialog.secretHint')}
          rules={[
            {
              validator: (_rule, text: string) =>
                isSealable(text) ? Promise.resolve() : Promise.reject(new Error(t('dialog.secretShort'))),
            },
          ]}
        >
          <Input.TextArea autoSize className="mono" maxLength={256} spellCheck={false} />
        </Form.Item>
        <Space wrap className="gap-below">
          <Button onClick={() => form.setFieldValue('value', generateSecret())}>
            {t('dialog.generate')}
          </Button>
          <Button disabled={seal === ''} onClick={download}>
            {t('actions.download')}
          </Button>
          {'clipboard' in navigator && (
            <Button disabled={seal === ''} onClick={() => void copy()}>
              {t('actions.copy')}
            </Button>
          )}
        </Space>
        <p className="small">
          {t('dialog.sealPreview')}：<span className="mono">{seal || t('states.unset')}</span>
        </p>
        <Alert type="warning" showIcon title={t('dialog.keepIt')} />
        <Form.Item
          name="kept"
          valuePropName="checked"
          rules={[
            {
              validator: (_rule, kept: boolean) =>
                kept ? Promise.resolve() : Promise.reject(new Error(t('dialog.keptNeeded'))),
            },
          ]}
        >
          <Checkbox>{t('dialog.kept')}</Checkbox>
        </Form.Item>
      </Form>
      <ProblemAlert error={give.error} />
    </Modal>
  );
}
