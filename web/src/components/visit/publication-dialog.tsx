import { Form, Input, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Correction, VisitDetail } from '../../api/types';
import { CheckGroup } from '../check-group';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { useVisitChange } from './use-visit-change';

interface Fields {
  kind: 'publication' | 'withdrawal';
  items: string[];
  entityName?: string;
  reason: string;
}

interface Props {
  visit: VisitDetail;
  item: VisitDetail['items'][number];
  /** That was returned; missing: a new one. */
  returned?: Correction;
  onClose: () => void;
}

/** What is public is corrected or taken off, of one item or of more of the visit's. */
export function PublicationDialog({ visit, item, returned, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const code = item.item.code;
  const current = visit.publications.find((one) => one.item === code);
  const isWithdrawn = current?.status === 'withdrawn';
  const kind = Form.useWatch('kind', form);

  const request = useVisitChange(visit.id, {
    send: (fields: Fields, key) => {
      const header = { 'Idempotency-Key': key };
      const reason = fields.reason.trim();
      const entityName = fields.kind === 'publication' ? fields.entityName?.trim() : undefined;
      const wish = { reason, ...(entityName === undefined ? {} : { entityName }) };
      return returned
        ? answerOf(
            api.PUT('/api/v1/corrections/{id}/publication', {
              params: { path: { id: returned.id }, header },
              body: wish,
            }),
          )
        : answerOf(
            api.POST('/api/v1/visits/{id}/publication-changes', {
              params: { path: { id: visit.id }, header },
              body: { kind: fields.kind, items: fields.items, ...wish },
            }),
          );
    },
    done: t('publication.sent'),
    onDone: onClose,
  });
  const others = visit.items.filter((one) => visit.mayChangePublication.includes(one.item.code));
  return (
    <FormDialog
      title={t('publication.title', { item: item.item.name })}
      okText={t('correction.send')}
      form={form}
      request={request}
      onFinish={request.mutate}
      onClose={onClose}
      width={640}
      initialValues={{
        kind: returned ? (returned.kind as Fields['kind']) : isWithdrawn ? 'publication' : 'withdrawal',
        items: [code],
        entityName: returned?.entityName ?? current?.entityName ?? '',
        reason: returned?.reason ?? '',
      }}
    >
      <p className="muted">{t('publication.hint')}</p>
      <Form.Item name="kind" label={t('publication.kind')}>
        <Radio.Group
          disabled={returned !== undefined || isWithdrawn}
          options={(['withdrawal', 'publication'] as const).map((value) => ({
            value,
            label: t(`correction.kinds.${value}`),
          }))}
        />
      </Form.Item>
      {kind === 'withdrawal' && <p className="muted small">{t('correction.withdrawEffect')}</p>}
      {kind === 'publication' && (
        <Form.Item
          name="entityName"
          label={t('publication.name')}
          extra={t('publication.nameHint')}
          rules={[{ required: true, whitespace: true, message: t('publication.nameNeeded') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      )}
      {!returned && others.length > 1 && (
        <Form.Item
          name="items"
          label={t('publication.items')}
          rules={[{ required: true, message: t('publication.itemsNeeded') }]}
        >
          <CheckGroup
            className="choices"
            options={others.map((one) => ({ value: one.item.code, label: one.item.name }))}
          />
        </Form.Item>
      )}
      <ReasonField
        label={t('publication.reason')}
        hint={t('publication.reasonHint')}
        needed={t('publication.reasonNeeded')}
        minLength={5}
        maxLength={500}
      />
    </FormDialog>
  );
}
