import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, InputNumber, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeadlinePolicy, DeadlinePolicyBody, DeadlinePolicyVersion } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { TASK_KINDS, type TaskKind } from '../../lib/task-kinds';
import { recipientsOf } from './policy-rows';
import './policy-dialog.css';
import { StepFields, type StepFieldValues } from './step-fields';

type Durations = DeadlinePolicy['durations'];

interface Fields {
  durations: Durations;
  digestAt: Dayjs;
  extension: { most: number; overdueBy: number };
  steps: StepFieldValues[];
  kinds: { kind: TaskKind; duration?: number | null; steps?: StepFieldValues[] }[];
  validFrom: Dayjs;
  reason: string;
}

interface Props {
  /** null: a new version. */
  version: DeadlinePolicyVersion | null;
  begins: DeadlinePolicy;
  onClose: () => void;
}

/** A draft of the policy: rows by kind of task, each with its steps. */
export function DeadlinePolicyDialog({ version, begins, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const save = useMutation({
    mutationFn: (fields: Fields) => {
      const body = bodyOf(fields);
      return answerOf(
        version === null
          ? api.POST('/api/v1/deadline-policies', { params: { header: { 'Idempotency-Key': key } }, body })
          : api.PUT('/api/v1/deadline-policies/{version}', {
              params: { path: { version: version.version } },
              body,
            }),
      );
    },
    onSuccess: async () => {
      void message.success(t('deadlinePolicy.saved'));
      onClose();
      await client.invalidateQueries({ queryKey: ['deadline-policies'] });
    },
    onSettled: settle,
  });
  const needed = [{ required: true, message: t('deadlinePolicy.needed') }];
  return (
    <FormDialog
      title={version === null ? t('deadlinePolicy.create') : t('policy.edit')}
      okText={t('actions.save')}
      form={form}
      request={save}
      onFinish={save.mutate}
      onClose={onClose}
      width={860}
      initialValues={fieldsOf(begins, version)}
    >
      <h3>{t('deadlinePolicy.durations')}</h3>
      <div className="policy-numbers">
        {(Object.keys(begins.durations) as (keyof Durations)[]).map((name) => (
          <Form.Item
            key={name}
            name={['durations', name]}
            label={t(`deadlinePolicy.duration.${name}`)}
            rules={needed}
          >
            <InputNumber min={1} max={250} precision={0} className="full" />
          </Form.Item>
        ))}
        <Form.Item name={['extension', 'most']} label={t('deadlinePolicy.extensionMost')} rules={needed}>
          <InputNumber min={0} max={60} precision={0} className="full" />
        </Form.Item>
        <Form.Item
          name={['extension', 'overdueBy']}
          label={t('deadlinePolicy.extensionOverdue')}
          rules={needed}
        >
          <InputNumber min={0} max={20} precision={0} className="full" />
        </Form.Item>
        <Form.Item name="digestAt" label={t('deadlinePolicy.digestAt')} rules={needed}>
          <TimePicker format="HH:mm" className="full" />
        </Form.Item>
      </div>
      <h3>{t('deadlinePolicy.allKinds')}</h3>
      <p className="muted small">{t('deadlinePolicy.recipientsHint')}</p>
      <StepFields name={['steps']} />
      <KindRows />
      <Form.Item name="validFrom" label={t('deadlinePolicy.validFrom')} rules={needed}>
        <DayPicker className="full" minDate={dayjs(today())} />
      </Form.Item>
      <ReasonField label={t('deadlinePolicy.reason')} needed={t('deadlinePolicy.reasonNeeded')} />
    </FormDialog>
  );
}

function KindRows() {
  const { t } = useTranslation();
  return (
    <Form.List name="kinds">
      {(rows, { add, remove }) => (
        <div className="gap-above gap-below">
          {rows.map(({ key, name: at }) => (
            <div key={key} className="policy-kind">
              <div className="policy-numbers">
                <Form.Item
                  name={[at, 'kind']}
                  label={t('deadlinePolicy.kind')}
                  rules={[{ required: true, message: t('deadlinePolicy.needed') }]}
                >
                  <Select
                    options={TASK_KINDS.map((kind) => ({ value: kind, label: t(`task.kinds.${kind}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[at, 'duration']} label={t('deadlinePolicy.ownDurationLabel')}>
                  <InputNumber min={1} max={250} precision={0} className="full" />
                </Form.Item>
              </div>
              {/* Names inside a list are relative to it. */}
              <StepFields name={[at, 'steps']} />
              <Button size="small" danger className="gap-above" onClick={() => remove(at)}>
                {t('deadlinePolicy.removeKind')}
              </Button>
            </div>
          ))}
          <Button onClick={() => add({ steps: [] })}>{t('deadlinePolicy.addKind')}</Button>
        </div>
      )}
    </Form.List>
  );
}

type Step = DeadlinePolicy['steps'][number];

const fieldsOfSteps = (steps: readonly Step[]): StepFieldValues[] =>
  steps.map((step) => ({
    offset: step.offset,
    action: step.action,
    to: recipientsOf(step),
    urgency: step.urgency ?? 'digest',
  }));

function fieldsOf(policy: DeadlinePolicy, version: DeadlinePolicyVersion | null): Partial<Fields> {
  return {
    durations: policy.durations,
    digestAt: dayjs(`2000-01-01T${policy.digestAt}`),
    extension: policy.extension ?? { most: 10, overdueBy: 0 },
    steps: fieldsOfSteps(policy.steps),
    kinds: (Object.entries(policy.byKind ?? {}) as [TaskKind, { duration?: number; steps?: Step[] }][]).map(
      ([kind, row]) => ({
        kind,
        duration: row.duration ?? null,
        steps: fieldsOfSteps(row.steps ?? []),
      }),
    ),
    ...(version === null ? {} : { validFrom: dayjs(version.validFrom), reason: version.reason }),
  };
}

/** In order of time, as the policy demands. */
const stepsOf = (steps: readonly StepFieldValues[]): Step[] =>
  [...steps]
    .sort((a, b) => a.offset - b.offset)
    .map((step) => ({ ...step, name: `${step.action}${step.offset}` }));

function bodyOf({ kinds, digestAt, validFrom, reason, ...fields }: Fields): DeadlinePolicyBody {
  return {
    policy: {
      unit: 'working-days',
      durations: fields.durations,
      extension: fields.extension,
      digestAt: digestAt.format('HH:mm'),
      steps: stepsOf(fields.steps),
      byKind: Object.fromEntries(
        kinds.map(({ kind, duration, steps = [] }) => [
          kind,
          {
            ...(duration === null || duration === undefined ? {} : { duration }),
            ...(steps.length === 0 ? {} : { steps: stepsOf(steps) }),
          },
        ]),
      ),
    },
    validFrom: validFrom.format('YYYY-MM-DD'),
    reason,
  };
}
