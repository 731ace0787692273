import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { useRegionChange } from './use-region-book';

export type Removed = { code: string } | { oldCode: string };

/** Takes back a region or a move that nobody uses. */
export function RemovalDialog({ removed, onClose }: { removed: Removed; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const remove = useRegionChange(
    (body: { reason: string }) =>
      'code' in removed
        ? answerOf(api.POST('/api/v1/regions/{code}/remove', { params: { path: removed }, body }))
        : answerOf(api.POST('/api/v1/region-moves/{oldCode}/remove', { params: { path: removed }, body })),
    onClose,
  );
  return (
    <FormDialog
      title={`${t('regionCode.remove')} · ${'code' in removed ? removed.code : removed.oldCode}`}
      okText={t('regionCode.remove')}
      form={form}
      request={remove}
      danger
      onFinish={(fields) => remove.mutate(fields)}
      onClose={onClose}
    >
      <p className="muted">{t('regionCode.removeHint')}</p>
      <ReasonField label={t('regionCode.reason')} needed={t('regionCode.reasonNeeded')} maxLength={500} />
    </FormDialog>
  );
}
