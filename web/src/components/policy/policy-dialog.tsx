import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Select, Space, Switch } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { RatioPolicy, RatioPolicyBody } from '../../api/types';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { useRegions } from '../../lib/use-organisation';
import { FormDialog } from '../form-dialog';
import { IndustryRows } from './industry-rows';
import { bodyOf, CLASSES, fieldsOf, LEVELS, type PolicyContent, type PolicyFields } from './policy-fields';
import { POLICIES_KEY } from './use-policies';

interface Props {
  /** A draft to change; null: a new one. */
  policy: RatioPolicy | null;
  /** What a new one begins with. */
  begins: PolicyContent;
  onClose: () => void;
}

export function PolicyDialog({ policy, begins, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<PolicyFields>();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const regions = useRegions();
  const save = useMutation({
    mutationFn: (body: RatioPolicyBody) =>
      policy
        ? answerOf(
            api.PUT('/api/v1/ratio-policies/{version}', {
              params: { path: { version: policy.version } },
              body,
            }),
          )
        : answerOf(
            api.POST('/api/v1/ratio-policies', { params: { header: { 'Idempotency-Key': key } }, body }),
          ),
    onSettled: settle,
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: POLICIES_KEY });
      onClose();
    },
  });
  const needed = [{ required: true, message: t('policy.needed') }];
  const cells = (name: number) => (
    <>
      <Form.Item name={[name, 'percent']} noStyle rules={needed}>
        <InputNumber min={0} max={100} suffix="%" aria-label={t('policy.ratio')} />
      </Form.Item>
      <Form.Item name={[name, 'cap']} noStyle>
        <InputNumber
          min={1}
          max={365}
          precision={0}
          placeholder={t('policy.noCap')}
          aria-label={t('policy.cap')}
        />
      </Form.Item>
    </>
  );
  return (
    <FormDialog
      title={policy ? t('policy.version', { n: policy.version }) : t('policy.create')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={fieldsOf(begins, policy)}
      onFinish={(fields) => save.mutate(bodyOf(fields))}
      onClose={onClose}
      width={760}
    >
      <p className="muted small">
        {t('policy.drawClass')} · {t('policy.ratio')} · {t('policy.cap')}
      </p>
      <Form.List name="city">
        {(lines) =>
          lines.map(({ key: at, name }) => (
            <div key={at}>
              <Space className="gap-below" wrap>
                <strong>{CLASSES[name]}</strong>
                {cells(name)}
              </Space>
            </div>
          ))
        }
      </Form.List>
      <Form.Item label={t('policy.parts')} extra={t('policy.partsHint')}>
        <Form.List name="parts">
          {(lines, { add, remove }) => (
            <>
              {lines.map(({ key: at, name }) => (
                <div key={at}>
                  <Space className="gap-below" wrap>
                    <Form.Item name={[name, 'region']} noStyle>
                      <Select
                        className="stage-filter"
                        allowClear
                        placeholder={t('policy.city')}
                        aria-label={t('policy.region')}
                        showSearch={{ optionFilterProp: 'label' }}
                        options={(regions.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, 'level']} noStyle>
                      <Select
                        className="stage-filter"
                        allowClear
                        placeholder={t('policy.anyLevel')}
                        aria-label={t('policy.level')}
                        options={LEVELS.map((value) => ({ value, label: t(`strata.levels.${value}`) }))}
                      />
                    </Form.Item>
                    <Form.Item name={[name, 'drawClass']} noStyle rules={needed}>
                      <Select
                        aria-label={t('policy.drawClass')}
                        options={CLASSES.map((value) => ({ value, label: value }))}
                      />
                    </Form.Item>
                    {cells(name)}
                    <Button onClick={() => remove(name)}>{t('policy.remove')}</Button>
                  </Space>
                </div>
              ))}
              <div className="gap-below">
                <Button onClick={() => add({ drawClass: 'A', percent: 1, cap: 1 })}>
                  {t('policy.addPart')}
                </Button>
              </div>
            </>
          )}
        </Form.List>
      </Form.Item>
      <IndustryRows />
      <Form.Item
        name="trainingRequired"
        label={t('policy.trainingRequired')}
        extra={t('policy.trainingHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item name="validFrom" label={t('policy.validFrom')} rules={needed}>
        <DayPicker minDate={dayjs(today())} />
      </Form.Item>
      <Form.Item name="reason" label={t('policy.reason')} rules={[{ ...needed[0], whitespace: true }]}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
