import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, DatePicker, Form, Modal, Popconfirm } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { VisitDetail } from '../../api/types';
import { formatInstant, today } from '../../lib/format';
import { isViolation, resultLabel, type ResultCode } from '../../lib/results';
import { withoutSaving } from '../../lib/outbox/drafts';
import { usePendingFiles } from '../../lib/outbox/use-files';
import { useOnline } from '../../lib/use-online';
import { draftOf, givenAnswers, type ItemDraft } from '../../lib/visit-draft';
import { EvidencePlace } from '../evidence/evidence-place';
import { ProblemAlert } from '../problem-alert';
import { DraftConflict } from './draft-conflict';
import { ItemForm } from './item-form';
import { useVisitDraft } from './use-visit-draft';

interface Fields {
  visitOn: Dayjs | null;
  /** Not there before the form has shown an item. */
  items?: Record<string, ItemDraft>;
}

/** The items this person records, kept as a draft until they are sent. */
export function ResultsForm({ visit, userId }: { visit: VisitDetail; userId: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const draft = useVisitDraft(visit, userId);
  const [asked, setAsked] = useState<ReturnType<typeof bodyOf> | null>(null);
  const waiting = usePendingFiles().filter((one) => one.visit === visit.id);
  const isOnline = useOnline();
  const own = visit.items.filter((one) => visit.maySubmit.includes(one.item.code));

  const evidencePlace = useMemo(() => ({ visit, userId }), [visit, userId]);

  const send = useMutation({
    mutationFn: (body: ReturnType<typeof bodyOf>) =>
      withoutSaving(() =>
        answerOf(api.PUT('/api/v1/visits/{id}/results', { params: { path: { id: visit.id } }, body })),
      ),
    onSuccess: async (after, body) => {
      void message.success(t('visit.sent'));
      // What was not sent yet stays a draft.
      const sent = new Set(body.results.map((result) => result.item));
      const rest = Object.entries((form.getFieldsValue(true) as Fields).items ?? {}).filter(
        ([code]) => !sent.has(code) && after.maySubmit.includes(code),
      );
      draft.handedIn([...sent], { visitOn: after.visitOn, items: Object.fromEntries(rest) });
      client.setQueryData(['visit', visit.id], after);
      await client.invalidateQueries({ queryKey: ['tasks'] });
      await client.invalidateQueries({ queryKey: ['visits'] });
    },
    onSettled: () => setAsked(null),
  });

  const ask = (fields: Fields) => {
    const body = bodyOf(fields, visit);
    const items = body.results.map((result) => result.item);
    const onTheirWay = waiting.filter((one) => items.includes(one.item)).length;
    if (onTheirWay > 0) void message.warning(t('evidence.stillSending', { n: onTheirWay }));
    else if (body.results.length === 0) void message.warning(t('visit.nothingToSubmit'));
    else setAsked(body);
  };
  return (
    <Form
      form={form}
      layout="vertical"
      scrollToFirstError
      initialValues={{
        visitOn: dayjs(visit.visitOn ?? draft.start?.visitOn ?? today()),
        items: draft.start?.items ?? {},
      }}
      onValuesChange={(_changed, { visitOn, items }) =>
        draft.keep({ visitOn: visitOn?.format('YYYY-MM-DD') ?? null, items: items ?? {} })
      }
      onFinish={ask}
    >
      {draft.savedAt !== null && (
        <Alert
          className="gap-below"
          type="info"
          title={t(draft.isSaved ? 'visit.draftSaved' : 'visit.draftKept', {
            at: formatInstant(draft.savedAt),
          })}
          action={
            <Popconfirm
              title={t('visit.draftDiscardAsk')}
              okText={t('visit.draftDiscard')}
              onConfirm={() => {
                draft.discard();
                form.setFieldsValue({ items: blank(own.map((one) => one.item.code)) });
              }}
            >
              <Button size="small">{t('visit.draftDiscard')}</Button>
            </Popconfirm>
          }
        />
      )}
      {draft.conflicts.map(({ item, mine, theirs }) => (
        <DraftConflict
          key={item}
          visit={visit}
          mine={mine}
          theirs={theirs}
          onChoose={(content) => {
            draft.settle(item, theirs, content);
            form.setFieldsValue({ items: { [item]: draftOf(content) } });
          }}
        />
      ))}
      <Card className="gap-below">
        <Form.Item
          name="visitOn"
          label={t('visit.visitOn')}
          extra={t('visit.visitOnHint')}
          rules={[{ required: true, message: t('visit.visitOnNeeded') }]}
        >
          <DatePicker
            size="large"
            inputReadOnly
            disabled={visit.visitOn !== null}
            allowClear={false}
            maxDate={dayjs(today())}
          />
        </Form.Item>
      </Card>
      <EvidencePlace value={evidencePlace}>
        {own.map((one) => (
          <ItemForm
            key={one.item.code}
            item={one}
            form={visit.forms.find((form) => form.item === one.item.code)}
          />
        ))}
      </EvidencePlace>
      <ProblemAlert error={send.error} className="gap-below" />
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        disabled={!isOnline}
        loading={send.isPending}
      >
        {t(isOnline ? 'visit.submit' : 'visit.submitOffline')}
      </Button>
      <Modal
        open={asked !== null}
        title={t('visit.confirmTitle')}
        okText={t('visit.confirmSend')}
        confirmLoading={send.isPending}
        onOk={() => asked && send.mutate(asked)}
        onCancel={() => setAsked(null)}
      >
        <p>{t('visit.confirmText')}</p>
        <p>
          {t('visit.visitOn')}：{asked?.visitOn}
        </p>
        <ul className="row-list">
          {asked?.results.map((result) => (
            <li key={result.item}>
              <strong>{own.find((one) => one.item.code === result.item)?.item.name}</strong>
              <div className={isViolation(result.resultCode) ? 'bad' : 'good'}>
                {resultLabel(result.resultCode, t)}
              </div>
              {result.opinion}
            </li>
          ))}
        </ul>
      </Modal>
    </Form>
  );
}

const blank = (codes: string[]): Record<string, ItemDraft> =>
  Object.fromEntries(
    codes.map((code) => [
      code,
      { resultCode: undefined, opinion: '', method: undefined, answers: undefined },
    ]),
  );

/** Only items with a result that the person may submit; unanswered questions are left out. */
function bodyOf(fields: Fields, visit: VisitDetail) {
  const results = visit.maySubmit.flatMap((item) => {
    const { resultCode, opinion, answers, method } = fields.items?.[item] ?? {};
    if (resultCode === undefined) return [];
    return [
      {
        item,
        resultCode: resultCode as ResultCode,
        opinion: opinion?.trim() ?? '',
        answers: { ...givenAnswers(answers), ...photosOf(visit, item) },
        ...(method === undefined ? {} : { method }),
      },
    ];
  });
  return { visitOn: fields.visitOn?.format('YYYY-MM-DD') ?? today(), results };
}

/** By question, what was uploaded for it. */
function photosOf({ evidence }: VisitDetail, item: string): Record<string, number[]> {
  const photos: Record<string, number[]> = {};
  for (const { id, item: of, question } of evidence) {
    if (of === item && question !== null) (photos[question] ??= []).push(id);
  }
  return photos;
}
