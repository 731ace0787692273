import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { HandlingPolicy } from '../../api/types';
import { useDepartments } from '../../lib/use-organisation';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

const LISTS = ['abnormal-list', 'serious-list'] as const;

interface Props {
  content: HandlingPolicy;
  /** The version that is changed. */
  basedOn: number;
  onClose: () => void;
}

type Fields = HandlingPolicy & { reason: string };

/** A new version of the periods, keepers and measures. */
export function PolicyDialog({ content, basedOn, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const departments = useDepartments();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const save = useMutation({
    mutationFn: ({ reason, ...changed }: Fields) =>
      answerOf(
        api.POST('/api/v1/handling-policies', {
          params: { header: { 'Idempotency-Key': key } },
          body: { content: { ...changed, measures: changed.measures }, reason, basedOn },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('credit.saved'));
      onClose();
      await client.invalidateQueries({ queryKey: ['handling-policies'] });
    },
    onSettled: settle,
  });
  const all = (departments.data ?? []).map((one) => ({ value: one.code, label: one.name }));
  const needed = [{ required: true, message: t('handling.needed') }];
  const number = (name: string | string[], label: string, most: number, least = 0) => (
    <Form.Item name={name} label={label} rules={needed}>
      <InputNumber min={least} max={most} className="full" />
    </Form.Item>
  );
  return (
    <FormDialog
      title={t('credit.policy')}
      okText={t('credit.edit')}
      form={form}
      request={save}
      onFinish={save.mutate}
      onClose={onClose}
      initialValues={{ ...content }}
      width={760}
    >
      <p className="muted">{t('credit.policyHint')}</p>
      {number('rectificationDays', t('credit.rectificationDays'), 250, 1)}
      {number('extensionDays', t('credit.extensionDays'), 250, 1)}
      {number('hearingDays', t('credit.hearingDays'), 60, 1)}
      {number('countsMonths', t('credit.countsMonths'), 120)}
      {LISTS.map((list) => (
        <fieldset key={list}>
          <legend>{t(`handling.tracks.${list}`)}</legend>
          <Form.Item
            name={['keepers', list]}
            label={t('credit.keeper')}
            // What is cleared is nobody in particular, not a missing answer.
            normalize={(value: string | undefined) => value ?? null}
          >
            <Select allowClear placeholder={t('credit.inspecting')} options={all} />
          </Form.Item>
          {number(['repairMonths', list], t('credit.repairMonths'), 120)}
          <Form.Item name={['termMonths', list]} label={t('credit.termMonths')}>
            <InputNumber min={1} max={120} placeholder={t('credit.never')} className="full" />
          </Form.Item>
        </fieldset>
      ))}
      <h3>{t('credit.measures')}</h3>
      <Form.List name="measures">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key: row, name }) => (
              <div key={row} className="filters gap-below">
                <Form.Item name={[name, 'list']} label={t('credit.list')} rules={needed}>
                  <Select
                    className="stage-filter"
                    options={LISTS.map((value) => ({ value, label: t(`handling.tracks.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'department']} label={t('credit.measureDepartment')} rules={needed}>
                  <Select className="stage-filter" showSearch={{ optionFilterProp: 'label' }} options={all} />
                </Form.Item>
                <Form.Item name={[name, 'measure']} label={t('credit.measure')} rules={needed}>
                  <Input maxLength={200} />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t('credit.remove')}</Button>
              </div>
            ))}
            <Button className="gap-below" onClick={() => add({ list: 'serious-list' })}>
              {t('credit.add')}
            </Button>
          </>
        )}
      </Form.List>
      <ReasonField label={t('credit.changeReason')} needed={t('credit.changeReasonNeeded')} minLength={2} />
    </FormDialog>
  );
}
