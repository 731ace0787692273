import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Empty, Form, Input, InputNumber, Space, Tag } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { CampaignEfforts, EffortEntry } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { formatYuan, today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { Loaded } from '../loaded';
import { Numbers } from '../numbers';
import { ReasonField } from '../reason-field';

type DepartmentEffort = CampaignEfforts['departments'][number];
type Asked =
  { what: 'plan' | 'entry'; of: DepartmentEffort } | { what: 'withdraw'; entry: EffortEntry } | null;

/** Days of work and money of a campaign, planned and spent, department by department. */
export function Efforts({ code }: { code: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Asked>(null);
  const query = useQuery({
    queryKey: ['efforts', code],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns/{code}/efforts', { params: { path: { code } } })),
  });
  const close = () => setAsked(null);
  return (
    <Loaded query={query}>
      {(efforts) => (
        <div className="stack">
          <Card title={t('efforts.title')}>
            <Numbers
              heads={[
                t('efforts.department'),
                t('efforts.plannedDays'),
                t('efforts.spentDays'),
                t('efforts.plannedCost'),
                t('efforts.spentCost'),
                t('efforts.visits'),
                t('efforts.personVisits'),
              ]}
              rows={efforts.departments.map((one) => ({
                key: one.department.code,
                name: one.department.name,
                cells: [
                  one.planned?.personDays ?? '—',
                  one.spent.personDays,
                  one.planned ? formatYuan(one.planned.cost) : '—',
                  formatYuan(one.spent.cost),
                  one.visits,
                  one.personVisits,
                ],
              }))}
              {...(efforts.departments.length > 1 && {
                total: {
                  key: 'total',
                  name: t('efforts.total'),
                  cells: [
                    efforts.planned.personDays,
                    efforts.spent.personDays,
                    formatYuan(efforts.planned.cost),
                    formatYuan(efforts.spent.cost),
                    '',
                    '',
                  ],
                },
              })}
            />
            <p className="muted small">{t('efforts.hint')}</p>
          </Card>
          {efforts.departments
            .filter((one) => one.mayEdit || one.entries.length > 0)
            .map((one) => (
              <Entries key={one.department.code} of={one} onAsk={setAsked} />
            ))}
          {asked?.what === 'plan' && <PlanDialog code={code} of={asked.of} onClose={close} />}
          {asked?.what === 'entry' && <EntryDialog code={code} of={asked.of} onClose={close} />}
          {asked?.what === 'withdraw' && <WithdrawDialog code={code} entry={asked.entry} onClose={close} />}
        </div>
      )}
    </Loaded>
  );
}

function Entries({ of, onAsk }: { of: DepartmentEffort; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation();
  const { department, mayEdit, planned, entries } = of;
  return (
    <Card
      title={t('efforts.of', { name: department.name })}
      extra={
        mayEdit && (
          <Space wrap>
            <Button size="small" onClick={() => onAsk({ what: 'plan', of })}>
              {t('efforts.plan')}
            </Button>
            <Button size="small" type="primary" onClick={() => onAsk({ what: 'entry', of })}>
              {t('efforts.add')}
            </Button>
          </Space>
        )
      }
    >
      {planned?.note && <p>{t('efforts.planNote', { note: planned.note, by: planned.by })}</p>}
      {entries.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('efforts.empty')} />
      ) : (
        <ul className="row-list">
          {entries.map((entry) => (
            <li key={entry.id}>
              <div className="row-head">
                <strong>{entry.purpose}</strong>
                <span>
                  {t('efforts.days', { n: entry.personDays })} · {formatYuan(entry.cost)}
                </span>
              </div>
              <div className="row-head muted small">
                <span>
                  {entry.spentOn} · {t('efforts.by', { name: entry.enteredBy })}
                </span>
                {entry.withdrawn ? (
                  <Tag>{t('efforts.withdrawn', entry.withdrawn)}</Tag>
                ) : (
                  mayEdit && (
                    <Button size="small" type="link" onClick={() => onAsk({ what: 'withdraw', entry })}>
                      {t('efforts.withdraw')}
                    </Button>
                  )
                )}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

interface DialogProps {
  code: string;
  onClose: () => void;
}

/** Sends a change, shows what it made of the figures, and closes. */
function useEffortChange<B>(
  { code, onClose }: DialogProps,
  send: (body: B, key: string) => Promise<CampaignEfforts>,
) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  return useMutation({
    mutationFn: (body: B) => send(body, key),
    onSettled: settle,
    onSuccess: (efforts) => {
      client.setQueryData(['efforts', code], efforts);
      void message.success(t('efforts.saved'));
      onClose();
    },
  });
}

/** What the fields hold: yuan, where the API has hundredths. */
interface AmountFields {
  personDays: number | null;
  yuan: number | null;
}

const amountsOf = ({ personDays, yuan }: AmountFields) => ({
  personDays: personDays ?? 0,
  cost: Math.round((yuan ?? 0) * 100),
});

function AmountInputs() {
  const { t } = useTranslation();
  return (
    <Space wrap size="large">
      <Form.Item name="personDays" label={t('efforts.personDays')}>
        <InputNumber min={0} max={100_000} precision={1} step={0.5} suffix={t('efforts.dayUnit')} />
      </Form.Item>
      <Form.Item name="yuan" label={t('efforts.cost')}>
        <InputNumber min={0} max={1_000_000_000} precision={2} suffix={t('efforts.yuan')} />
      </Form.Item>
    </Space>
  );
}

function PlanDialog({ of, ...props }: DialogProps & { of: DepartmentEffort }) {
  const { t } = useTranslation();
  const { department, planned } = of;
  const [form] = Form.useForm<AmountFields & { note?: string }>();
  const save = useEffortChange(props, (body: { personDays: number; cost: number; note: string }) =>
    answerOf(
      api.PUT('/api/v1/campaigns/{code}/efforts/{department}/plan', {
        params: { path: { code: props.code, department: department.code } },
        body,
      }),
    ),
  );
  return (
    <FormDialog
      title={t('efforts.plan')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={{
        personDays: planned?.personDays ?? null,
        yuan: planned ? planned.cost / 100 : null,
        note: planned?.note ?? '',
      }}
      onFinish={({ note, ...amounts }) => save.mutate({ ...amountsOf(amounts), note: note ?? '' })}
      onClose={props.onClose}
    >
      <AmountInputs />
      <Form.Item name="note" label={t('efforts.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
    </FormDialog>
  );
}

interface EntryFields extends AmountFields {
  spentOn: Dayjs;
  purpose: string;
}

function EntryDialog({ of, ...props }: DialogProps & { of: DepartmentEffort }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<EntryFields>();
  const save = useEffortChange(
    props,
    (body: { spentOn: string; personDays: number; cost: number; purpose: string }, key) =>
      answerOf(
        api.POST('/api/v1/campaigns/{code}/efforts/{department}/entries', {
          params: {
            path: { code: props.code, department: of.department.code },
            header: { 'Idempotency-Key': key },
          },
          body,
        }),
      ),
  );
  useEffect(() => {
    if (!(save.error instanceof Problem)) return;
    form.setFields(
      save.error.fields.map(({ field, message }) => ({
        name: field === 'personDays' || field === 'spentOn' || field === 'purpose' ? field : 'yuan',
        errors: [message],
      })),
    );
  }, [save.error, form]);
  const needed = t('efforts.needed');
  return (
    <FormDialog
      title={t('efforts.add')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={{ spentOn: dayjs(today()) }}
      onFinish={({ spentOn, purpose, ...amounts }) =>
        save.mutate({ ...amountsOf(amounts), spentOn: spentOn.format('YYYY-MM-DD'), purpose })
      }
      onClose={props.onClose}
    >
      <Form.Item name="spentOn" label={t('efforts.spentOn')} rules={[{ required: true, message: needed }]}>
        <DayPicker maxDate={dayjs(today())} allowClear={false} />
      </Form.Item>
      <Form.Item
        name="purpose"
        label={t('efforts.purpose')}
        rules={[{ required: true, whitespace: true, message: needed }]}
      >
        <Input maxLength={200} placeholder={t('efforts.purposeHint')} />
      </Form.Item>
      <AmountInputs />
    </FormDialog>
  );
}

function WithdrawDialog({ entry, ...props }: DialogProps & { entry: EffortEntry }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const save = useEffortChange(props, (body: { reason: string }) =>
    answerOf(
      api.POST('/api/v1/campaigns/{code}/efforts/entries/{id}/withdrawal', {
        params: { path: { code: props.code, id: entry.id } },
        body,
      }),
    ),
  );
  return (
    <FormDialog
      title={t('efforts.withdraw')}
      okText={t('efforts.withdrawSure')}
      form={form}
      request={save}
      danger
      onFinish={(fields) => save.mutate(fields)}
      onClose={props.onClose}
    >
      <p>{t('efforts.withdrawHint', { purpose: entry.purpose })}</p>
      <ReasonField label={t('efforts.reason')} needed={t('efforts.needed')} />
    </FormDialog>
  );
}
