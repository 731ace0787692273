import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { CaseStep, HandlingCaseDetail, StepBody } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { formatInstant, today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';

type Field = Exclude<keyof StepBody, 'step' | 'note' | 'noticeId'>;

/** What each step asks for beside the note; the server judges it. */
const FIELDS: Partial<Record<CaseStep, readonly Field[]>> = {
  order: ['documentNumber', 'days'],
  'extension-requested': ['days'],
  penalty: ['documentNumber', 'decidedOn', 'legalBasis', 'penaltyKind', 'amountYuan', 'documentText'],
  proposed: ['facts', 'legalBasis'],
  heard: ['statement'],
  'repair-requested': ['ground', 'mended'],
  'joint-answered': ['taken', 'measure', 'actedOn'],
  'joint-lifted': ['actedOn'],
};

const OPTIONAL: readonly Field[] = [
  'amountYuan',
  'documentText',
  'statement',
  'mended',
  'measure',
  'actedOn',
];

const PENALTY_KINDS = [
  'warning',
  'fine',
  'confiscation',
  'licence-suspended',
  'licence-revoked',
  'business-restricted',
  'other',
] as const;
const GROUNDS = ['repaired', 'wrongly-listed'] as const;

type Fields = Omit<StepBody, 'step' | 'decidedOn' | 'actedOn'> & { decidedOn?: Dayjs; actedOn?: Dayjs };

interface Props {
  case: HandlingCaseDetail;
  step: CaseStep;
  /** Of the joint punishment notice that is answered. */
  noticeId?: number;
  onClose: () => void;
}

/** One step of a case, with what it asks for. */
export function StepDialog({ case: one, step, noticeId, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const send = useMutation({
    mutationFn: ({ decidedOn, actedOn, ...fields }: Fields) =>
      answerOf(
        api.POST('/api/v1/handling-cases/{id}/steps', {
          params: { path: { id: one.id }, header: { 'Idempotency-Key': key } },
          body: {
            ...fields,
            step,
            ...(decidedOn ? { decidedOn: decidedOn.format('YYYY-MM-DD') } : {}),
            ...(actedOn ? { actedOn: actedOn.format('YYYY-MM-DD') } : {}),
            ...(noticeId === undefined ? {} : { noticeId }),
          },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('handling.recorded'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  const hint = useHint(one, step);
  return (
    <FormDialog
      title={t(`handling.kinds.${step}`)}
      okText={t('handling.record')}
      form={form}
      request={send}
      onFinish={send.mutate}
      onClose={onClose}
      danger={step === 'annulled'}
      initialValues={{
        days: step === 'order' ? one.limits.suggestedDays : 5,
        taken: true,
        ground: 'repaired',
      }}
    >
      {hint !== '' && <p className="muted">{hint}</p>}
      {(FIELDS[step] ?? []).map((field) => (
        <StepField key={field} field={field} step={step} />
      ))}
      <Form.Item
        name="note"
        label={t('handling.note')}
        rules={[{ required: true, whitespace: true, message: t('handling.noteNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </FormDialog>
  );
}

function StepField({ field, step }: { field: Field; step: CaseStep }) {
  const { t } = useTranslation();
  const isNeeded = !OPTIONAL.includes(field) || (field === 'actedOn' && step === 'joint-lifted');
  return (
    <Form.Item
      name={field}
      {...(field === 'mended' ? { valuePropName: 'checked' } : { label: t(`handling.fields.${field}`) })}
      rules={isNeeded ? [{ required: true, message: t('handling.needed') }] : []}
    >
      {inputOf(field, t)}
    </Form.Item>
  );
}

function inputOf(field: Field, t: TFunction) {
  switch (field) {
    case 'days':
      return <InputNumber min={1} max={250} className="full" />;
    case 'amountYuan':
      return <InputNumber min={0} className="full" />;
    case 'decidedOn':
    case 'actedOn':
      return <DayPicker className="full" maxDate={dayjs(today())} />;
    case 'facts':
    case 'statement':
      return <Input.TextArea rows={3} maxLength={4000} />;
    case 'documentText':
      return <Input.TextArea rows={4} maxLength={20_000} />;
    case 'mended':
      return <Checkbox>{t('handling.fields.mended')}</Checkbox>;
    case 'taken':
      return (
        <Radio.Group
          options={[
            { value: true, label: t('handling.yes') },
            { value: false, label: t('handling.no') },
          ]}
        />
      );
    case 'penaltyKind':
      return (
        <Select
          options={PENALTY_KINDS.map((value) => ({ value, label: t(`handling.penaltyKinds.${value}`) }))}
        />
      );
    case 'ground':
      return (
        <Radio.Group options={GROUNDS.map((value) => ({ value, label: t(`handling.grounds.${value}`) }))} />
      );
    default:
      return <Input maxLength={500} />;
  }
}

/** What comes of the step, said before it is taken. */
function useHint(one: HandlingCaseDetail, step: CaseStep): string {
  const { t } = useTranslation();
  const at = (instant: string | null) => (instant === null ? '' : formatInstant(instant));
  switch (step) {
    case 'order':
      return t('handling.hints.order', { most: one.limits.rectificationDays });
    case 'extension-requested':
      return t('handling.hints.extension', { most: one.limits.extensionDays });
    case 'proposed':
      return t(one.track === 'serious-list' ? 'handling.hints.proposedSerious' : 'handling.hints.proposed');
    case 'heard':
      return t('handling.hints.heard', { at: at(one.hearingUntil) });
    case 'listing-approved':
      return t('handling.hints.listing');
    case 'repair-requested':
      return `${t('handling.hints.repair')}${t('handling.hints.repairFrom', { at: at(one.repairFrom) })}`;
    case 'repair-approved':
      return t('handling.hints.leave');
    case 'annulled':
      return t('handling.hints.annulled');
    default:
      return '';
  }
}
