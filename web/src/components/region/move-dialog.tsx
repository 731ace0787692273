import { Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { KeptRegion, RegionMove } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';
import { useRegionChange } from './use-region-book';

interface Fields {
  oldCode: string;
  newCode: string;
  since: Dayjs | null;
  reason: string;
}

interface Props {
  /** null: not mapped yet. */
  move: RegionMove | null;
  /** What a new one begins with. */
  oldCode: string;
  regions: KeptRegion[];
  onClose: () => void;
}

/** Which code a replaced one is read as from now on. */
export function MoveDialog({ move, oldCode, regions, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const save = useRegionChange(
    (asked: Fields) =>
      answerOf(
        api.PUT('/api/v1/region-moves/{oldCode}', {
          params: { path: { oldCode: move?.oldCode ?? asked.oldCode } },
          body: {
            newCode: asked.newCode,
            since: asked.since?.format('YYYY-MM-DD') ?? null,
            reason: asked.reason,
            basedOn: move?.newCode ?? null,
          },
        }),
      ),
    onClose,
  );
  return (
    <FormDialog
      title={move ? `${t('regionCode.correct')} · ${move.oldCode}` : t('regionCode.addMove')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={
        move ? { newCode: move.newCode, since: move.since === null ? null : dayjs(move.since) } : { oldCode }
      }
      onFinish={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <p className="muted">{t('regionCode.moveHint')}</p>
      {!move && (
        <Form.Item
          name="oldCode"
          label={t('regionCode.oldCode')}
          extra={t('regionCode.oldCodeHint')}
          rules={[{ required: true, pattern: /^[0-9A-Za-z]{1,20}$/, message: t('regionCode.oldCodeBad') }]}
        >
          <Input maxLength={20} />
        </Form.Item>
      )}
      <Form.Item
        name="newCode"
        label={t('regionCode.newCode')}
        rules={[{ required: true, message: t('regionCode.newCodeNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={regions.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
        />
      </Form.Item>
      <Form.Item name="since" label={t('regionCode.since')}>
        <DayPicker />
      </Form.Item>
      <ReasonField label={t('regionCode.reason')} needed={t('regionCode.reasonNeeded')} maxLength={500} />
    </FormDialog>
  );
}
