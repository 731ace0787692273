import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Input, Select, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { HandlingCase } from '../api/types';
import { resultLabel } from '../lib/results';
import { useIntention } from '../lib/use-intention';
import { usePages } from '../lib/use-pages';
import { departmentsOf, useSession } from '../session/use-session';
import { Instant } from './instant';
import { Paged } from './paged';
import { ProblemAlert } from './problem-alert';

type Step = 'rectified' | 'recheck-passed' | 'recheck-failed' | 'decided';

/** The violations of a campaign or an entity and what has become of each. */
export function HandlingCases({
  of,
  empty,
}: {
  of: { campaign: string } | { entity: string };
  empty?: string;
}) {
  const { t } = useTranslation();
  const pages = usePages(
    ['handling-cases', of],
    (cursor) =>
      answerOf(api.GET('/api/v1/handling-cases', { params: { query: { ...of, cursor, limit: 20 } } })),
    { refetchInterval: 10_000 },
  );
  return (
    <Card title={t('handling.title')}>
      <Paged pages={pages} empty={empty ?? t('handling.empty')}>
        {(cases) => (
          <ul className="row-list">
            {cases.map((one) => (
              <CaseRow key={one.id} case={one} />
            ))}
          </ul>
        )}
      </Paged>
    </Card>
  );
}

function CaseRow({ case: one }: { case: HandlingCase }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const records =
    one.status !== 'closed' && departmentsOf(me, 'liaison', 'inspector').includes(one.department.code);
  return (
    <li>
      <div className="row-head">
        <strong>
          {one.entityName} · {resultLabel(one.resultCode, t)}
        </strong>
        <Tag color={one.status === 'closed' ? 'green' : 'gold'}>{t(`handling.states.${one.status}`)}</Tag>
      </div>
      <div className="muted small">
        {t(`handling.tracks.${one.track}`)} · {one.department.name} · {one.item.name} ·{' '}
        <Link to={`/visits/${one.visitId}`}>{t('handling.visit', { number: one.visitNumber })}</Link>
        {one.outcome && ` · ${t('handling.outcome', { text: one.outcome })}`}
      </div>
      {one.events.length > 0 && (
        <details className="small">
          <summary>{t('handling.history')}</summary>
          <ol>
            {one.events.map((event, at) => (
              <li key={at}>
                <Instant at={event.at} /> {event.actor ?? ''} {stepLabel(event.kind, t)} {event.note}
              </li>
            ))}
          </ol>
        </details>
      )}
      {/* A new form for the next step: the sent one's values don't linger. */}
      {records && <StepForm key={one.status} case={one} />}
    </li>
  );
}

function stepLabel(kind: string, t: TFunction): string {
  const known: readonly string[] = ['rectified', 'recheck-passed', 'recheck-failed', 'decided'];
  return known.includes(kind) ? t(`handling.steps.${kind as Step}`) : '';
}

/** What can come next on each track; the server decides. */
function stepsOf(one: HandlingCase): Step[] {
  if (one.track !== 'rectification') return ['decided'];
  return one.status === 'open' ? ['rectified'] : ['recheck-passed', 'recheck-failed'];
}

function StepForm({ case: one }: { case: HandlingCase }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [form] = Form.useForm<{ step: Step; note: string }>();
  const { key, settle } = useIntention();
  const send = useMutation({
    mutationFn: (body: { step: Step; note: string }) =>
      answerOf(
        api.POST('/api/v1/handling-cases/{id}/steps', {
          params: { path: { id: one.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      form.resetFields();
      await client.invalidateQueries({ queryKey: ['handling-cases'] });
    },
    onSettled: settle,
  });
  const steps = stepsOf(one);
  return (
    <Form
      form={form}
      layout="vertical"
      className="inline-form"
      initialValues={{ step: steps[0] }}
      onFinish={send.mutate}
    >
      <ProblemAlert error={send.error} className="gap-below" />
      <Form.Item name="step" label={t('handling.step')}>
        <Select options={steps.map((value) => ({ value, label: t(`handling.steps.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="note"
        label={t('handling.note')}
        rules={[{ required: true, whitespace: true, message: t('handling.noteNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t('handling.record')}
      </Button>
    </Form>
  );
}
