import { Alert, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Ceremony } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { contributorName } from '../../lib/contributor-name';
import { ProblemAlert } from '../problem-alert';
import type { DialogProps } from './dialog-props';
import { useCommand } from './use-command';

interface Fields {
  value: string;
  number?: string;
  on?: Dayjs;
  source?: string;
}

/** One of the two entries of the public value; nobody sees the other's before both are in. */
export function PublicValueDialog({ campaign, onClose }: DialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const give = useCommand(campaign.code, onClose);
  const contributor = campaign.publicContributor ?? '';
  const isDice = contributor === 'public:dice';
  const rounds = campaign.ceremony?.publicValue ?? [];
  const last = rounds.at(-1);
  const first = last?.outcome === 'pending' ? last.entries[0] : undefined;
  const isMine = last?.outcome === 'pending' && last.enteredByMe;
  const finish = ({ value, number, on, source }: Fields) =>
    give.mutate({
      command: 'recordPublicValue',
      body: {
        contributor,
        value,
        ...(number ? { number } : {}),
        ...(on ? { on: on.format('YYYY-MM-DD') } : {}),
        ...(source ? { source } : {}),
      },
    });
  return (
    <Modal
      open
      title={`${t('commands.recordPublicValue')}：${contributorName(contributor, campaign.departments, t)}`}
      okText={t('dialog.confirm', { command: t('commands.recordPublicValue') })}
      okButtonProps={{ disabled: isMine }}
      confirmLoading={give.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('publicEntry.how')}</p>
      {last?.outcome === 'differing' && <Differing round={last} />}
      {isMine ? (
        <Alert type="info" showIcon title={t('publicEntry.mine')} />
      ) : (
        <Form form={form} layout="vertical" onFinish={finish}>
          <Alert
            type="info"
            showIcon
            className="gap-below"
            title={
              first
                ? t('publicEntry.second', {
                    department: first.department,
                    role: t(`roles.${first.role}`),
                  })
                : t('publicEntry.first')
            }
          />
          {isDice ? <DiceField /> : <ResultFields />}
          {first ? (
            <p className="muted">{t('publicEntry.sourceOfFirst', { text: first.source ?? '' })}</p>
          ) : (
            <Form.Item
              name="source"
              label={t('publicEntry.source')}
              rules={[{ required: true, whitespace: true, message: t('dialog.sourceNeeded') }]}
            >
              <Input.TextArea
                rows={2}
                maxLength={400}
                placeholder={isDice ? t('dialog.sourceHint') : t('publicEntry.sourceHint')}
              />
            </Form.Item>
          )}
        </Form>
      )}
      <ProblemAlert error={give.error} />
    </Modal>
  );
}

function Differing({ round }: { round: Ceremony['publicValue'][number] }) {
  const { t } = useTranslation();
  const values = round.entries
    .map((entry) => [entry.value, entry.number, entry.on].filter((part) => part !== null).join(' · '))
    .join(' ／ ');
  return (
    <Alert
      type="warning"
      showIcon
      className="gap-below"
      title={t('publicEntry.differing', { round: round.round, values })}
    />
  );
}

function DiceField() {
  const { t } = useTranslation();
  const value = (Form.useWatch('value') as string | undefined) ?? '';
  const count = value.replace(/[\s,，、;；.。]/g, '').length;
  return (
    <Form.Item
      name="value"
      label={t('publicEntry.dice')}
      extra={`${t('publicEntry.diceHint')} ${t('publicEntry.diceCount', { n: count })}`}
      rules={[
        { required: true, message: t('dialog.valueNeeded') },
        { pattern: /^(?:[1-6１-６][\s,，、;；.。]*){10,}$/, message: t('publicEntry.diceHint') },
      ]}
    >
      <Input className="mono" maxLength={400} inputMode="numeric" autoComplete="off" autoFocus />
    </Form.Item>
  );
}

function ResultFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item
        name="number"
        label={t('publicEntry.number')}
        rules={[{ required: true, whitespace: true, message: t('publicEntry.numberNeeded') }]}
      >
        <Input maxLength={60} autoComplete="off" autoFocus />
      </Form.Item>
      <Form.Item
        name="on"
        label={t('publicEntry.on')}
        rules={[{ required: true, message: t('publicEntry.onNeeded') }]}
      >
        <DayPicker />
      </Form.Item>
      <Form.Item
        name="value"
        label={t('publicEntry.result')}
        extra={t('publicEntry.resultHint')}
        rules={[{ required: true, whitespace: true, message: t('dialog.valueNeeded') }]}
      >
        <Input className="mono" maxLength={256} autoComplete="off" />
      </Form.Item>
    </>
  );
}
