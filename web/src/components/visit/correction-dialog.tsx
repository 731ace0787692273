import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Correction, VisitDetail } from '../../api/types';
import type { ResultCode } from '../../lib/results';
import { givenAnswers, type ItemDraft } from '../../lib/visit-draft';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { ItemForm } from './item-form';
import { useVisitChange } from './use-visit-change';

type Item = VisitDetail['items'][number];

interface Fields {
  items: Record<string, ItemDraft>;
  reason: string;
}

interface Props {
  visit: VisitDetail;
  item: Item;
  /** That was returned; missing: a new one. */
  returned?: Correction;
  onClose: () => void;
}

/** The whole form as it should have been, and why. */
export function CorrectionDialog({ visit, item, returned, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const code = item.item.code;
  const checkForm = visit.forms.find((one) => one.item === code);
  const start = returned?.after ?? item;

  const request = useVisitChange(visit.id, {
    send: (fields: Fields, key) => {
      const { resultCode, opinion, answers, method } = fields.items[code] ?? {};
      const body = {
        resultCode: resultCode as ResultCode,
        opinion: opinion?.trim() ?? '',
        answers: { ...photosOf(start.answers), ...givenAnswers(answers) },
        ...(method ? { method } : {}),
        reason: fields.reason.trim(),
      };
      const header = { 'Idempotency-Key': key };
      return returned
        ? answerOf(
            api.PUT('/api/v1/corrections/{id}', { params: { path: { id: returned.id }, header }, body }),
          )
        : answerOf(
            api.POST('/api/v1/visits/{id}/corrections', {
              params: { path: { id: visit.id }, header },
              body: { item: code, ...body },
            }),
          );
    },
    done: t('correction.sent'),
    onDone: onClose,
  });
  return (
    <FormDialog
      title={t(returned ? 'correction.reviseTitle' : 'correction.askTitle', { item: item.item.name })}
      okText={t('correction.send')}
      form={form}
      request={request}
      onFinish={request.mutate}
      onClose={onClose}
      width={760}
      initialValues={{
        items: {
          [code]: {
            resultCode: start.resultCode ?? undefined,
            opinion: start.opinion,
            method: start.method ?? undefined,
            answers: start.answers as ItemDraft['answers'],
          },
        },
        reason: returned?.reason ?? '',
      }}
    >
      <p className="muted">{t('correction.hint')}</p>
      <ItemForm
        item={item}
        form={
          checkForm && {
            ...checkForm,
            sections: checkForm.sections
              .map((section) => ({
                ...section,
                questions: section.questions.filter((question) => question.type !== 'photo'),
              }))
              .filter((section) => section.questions.length > 0),
          }
        }
        isResultNeeded
      />
      <ReasonField
        label={t('correction.reason')}
        hint={t('correction.reasonHint')}
        needed={t('correction.reasonNeeded')}
        minLength={5}
        maxLength={500}
      />
    </FormDialog>
  );
}

/** They stay those that were handed in. */
const photosOf = (answers: Record<string, unknown>): Record<string, number[]> =>
  Object.fromEntries(
    Object.entries(answers).filter((entry): entry is [string, number[]] => Array.isArray(entry[1])),
  );
