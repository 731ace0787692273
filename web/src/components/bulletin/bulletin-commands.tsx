import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Bulletin } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { useBulletinChange } from './use-bulletin';

type Command = Bulletin['possibleCommands'][number];

const GRAVE: readonly Command[] = ['return', 'withdraw'];
const PRIMARY: readonly Command[] = ['submit', 'approve'];

/** What the signed-in person may do with a bulletin now. */
export function BulletinCommands({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Command | 'edit' | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      {bulletin.mayEdit && <Button onClick={() => setAsked('edit')}>{t('bulletin.edit')}</Button>}
      {bulletin.possibleCommands.map((command) => (
        <Button
          key={command}
          danger={GRAVE.includes(command)}
          {...(PRIMARY.includes(command) ? { type: 'primary' } : {})}
          onClick={() => setAsked(command)}
        >
          {t(`bulletin.commands.${command}`)}
        </Button>
      ))}
      {asked === 'edit' && <EditDialog bulletin={bulletin} onClose={close} />}
      {asked !== null && asked !== 'edit' && (
        <CommandDialog number={bulletin.number} command={asked} onClose={close} />
      )}
    </>
  );
}

interface CommandProps {
  number: string;
  command: Command;
  onClose: () => void;
}

function CommandDialog({ number, command, onClose }: CommandProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason?: string }>();
  const name = t(`bulletin.commands.${command}`);
  const give = useBulletinChange(
    ({ reason = '' }: { reason?: string }, key) =>
      answerOf(
        api.POST('/api/v1/bulletins/{number}/{command}', {
          params: { path: { number, command }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    () => {
      void message.success(t('bulletin.done', { command: name }));
      onClose();
    },
  );
  return (
    <FormDialog
      title={name}
      okText={t('bulletin.confirm', { command: name })}
      form={form}
      request={give}
      danger={GRAVE.includes(command)}
      onFinish={give.mutate}
      onClose={onClose}
    >
      <p>{t(`bulletin.hints.${command}`)}</p>
      {!PRIMARY.includes(command) && (
        <ReasonField label={t('bulletin.why')} needed={t('bulletin.whyNeeded')} autoFocus />
      )}
    </FormDialog>
  );
}

type Texts = Bulletin['texts'] & { title: string };

function EditDialog({ bulletin, onClose }: { bulletin: Bulletin; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [form] = Form.useForm<Texts>();
  const { number, version } = bulletin;
  const save = useBulletinChange(
    ({ title, ...texts }: Texts) =>
      answerOf(
        api.PUT('/api/v1/bulletins/{number}', {
          params: { path: { number } },
          body: { title, texts, version },
        }),
      ),
    () => {
      void message.success(t('bulletin.saved'));
      onClose();
    },
  );
  return (
    <FormDialog
      title={t('bulletin.edit')}
      okText={t('actions.save')}
      form={form}
      request={save}
      onFinish={save.mutate}
      onClose={onClose}
      initialValues={{ title: bulletin.title, ...bulletin.texts }}
      width={760}
    >
      <p className="muted">{t('bulletin.fields.frozen')}</p>
      <Form.Item
        name="title"
        label={t('bulletin.fields.title')}
        rules={[{ required: true, whitespace: true, message: t('bulletin.fields.needed') }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="summary"
        label={t('bulletin.fields.summary')}
        rules={[{ required: true, whitespace: true, message: t('bulletin.fields.needed') }]}
      >
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={5000} />
      </Form.Item>
      <Form.Item name="reasons" label={t('bulletin.fields.reasons')}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 14 }} maxLength={20000} />
      </Form.Item>
      <Form.Item name="demands" label={t('bulletin.fields.demands')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={5000} />
      </Form.Item>
    </FormDialog>
  );
}
