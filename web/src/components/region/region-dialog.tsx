import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { KeptRegion } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { useRegionChange } from './use-region-book';

interface Fields {
  code: string;
  name: string;
  reason: string;
}

interface Props {
  /** null: a new one. */
  region: KeptRegion | null;
  /** What a new one begins with. */
  code: string;
  onClose: () => void;
}

/** A region's name, or a region that is not in the tree yet. */
export function RegionDialog({ region, code, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useRegionChange(
    (asked: Fields) =>
      answerOf(
        api.PUT('/api/v1/regions/{code}', {
          params: { path: { code: region?.code ?? asked.code } },
          body: { name: asked.name, reason: asked.reason, basedOn: region?.name ?? null },
        }),
      ),
    onClose,
  );
  return (
    <FormDialog
      title={region ? `${t('regionCode.rename')} · ${region.code}` : t('regionCode.add')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={region ? { name: region.isNamed ? region.name : '' } : { code, name: '' }}
      onFinish={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      {!region && (
        <Form.Item
          name="code"
          label={t('regionCode.code')}
          extra={t('regionCode.codeHint')}
          rules={[{ required: true, pattern: /^\d{6}$/, message: t('regionCode.codeBad') }]}
        >
          <Input maxLength={6} />
        </Form.Item>
      )}
      <Form.Item
        name="name"
        label={t('regionCode.name')}
        rules={[{ required: true, whitespace: true, message: t('regionCode.nameNeeded') }]}
      >
        <Input maxLength={50} />
      </Form.Item>
      <ReasonField label={t('regionCode.reason')} needed={t('regionCode.reasonNeeded')} maxLength={500} />
    </FormDialog>
  );
}
