import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { DeliveryColumn, DeliveryPreset, DeliveryTarget } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';
import { ColumnFields } from './column-fields';
import { DELIVERIES_KEY } from './keys';
import { LayoutPreview } from './layout-preview';

type Fields = Pick<DeliveryTarget, 'code' | 'name' | 'kind' | 'format' | 'enabled' | 'columns'>;

interface Props {
  /** null: a new one. */
  target: DeliveryTarget | null;
  presets: readonly DeliveryPreset[];
  onSaved: () => void;
  onClose: () => void;
}

/** Where results go and in what layout, which can be looked at before it is saved. */
export function TargetDialog({ target, presets, onSaved, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const client = useQueryClient();
  const columns = Form.useWatch((all: Partial<Fields>) => all.columns, form);
  const preview = useMutation({
    mutationFn: async (asked: Fields['columns']) => ({
      key: JSON.stringify(asked),
      outcome: await answerOf(api.POST('/api/v1/delivery-targets/preview', { body: { columns: asked } })),
    }),
    onSuccess: ({ outcome }) => {
      for (const { field, message } of outcome.problems) {
        const [, at, key] = field.split('.');
        if (at === undefined || (key !== 'heading' && key !== 'text')) continue;
        form.setFields([{ name: ['columns', Number(at), key], errors: [message] }]);
      }
    },
  });
  const save = useMutation({
    mutationFn: ({ code, ...asked }: Fields) =>
      answerOf(
        api.PUT('/api/v1/delivery-targets/{code}', {
          params: { path: { code: target?.code ?? code } },
          body: { ...asked, columns: asked.columns.map(withText), basedOn: target?.version ?? null },
        }),
      ),
    onSuccess: onSaved,
    onSettled: () => client.invalidateQueries({ queryKey: DELIVERIES_KEY }),
  });
  const [first] = presets;
  const isCurrent = preview.data?.key === JSON.stringify(columns?.map(withText));
  const shown = isCurrent ? preview.data?.outcome : undefined;
  const look = async () => {
    const valid = await form.validateFields().catch(() => null);
    if (valid) preview.mutate(valid.columns.map(withText));
  };
  const needed = { required: true, message: t('deliveries.needed') };
  return (
    <FormDialog
      title={target ? `${t('deliveries.edit')} · ${target.name}` : t('deliveries.create')}
      okText={t('actions.save')}
      form={form}
      request={save}
      initialValues={target ?? { ...first, enabled: true }}
      onFinish={(asked) => save.mutate(asked)}
      onClose={onClose}
      width={900}
    >
      {!target && (
        <>
          <Form.Item label={t('deliveries.preset')}>
            <Select
              aria-label={t('deliveries.preset')}
              {...(first ? { defaultValue: first.code } : {})}
              options={presets.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(code) => {
                const preset = presets.find((one) => one.code === code);
                if (preset) form.setFieldsValue(preset);
              }}
            />
          </Form.Item>
          <Form.Item
            name="code"
            label={t('deliveries.code')}
            extra={t('deliveries.codeHint')}
            rules={[needed, { pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t('deliveries.codeBad') }]}
          >
            <Input maxLength={40} />
          </Form.Item>
        </>
      )}
      <Form.Item name="name" label={t('deliveries.name')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={40} />
      </Form.Item>
      <div className="small-fields">
        <Form.Item name="kind" label={t('deliveries.kind')} rules={[needed]}>
          <Select
            className="stage-filter"
            options={(['folder', 'webhook'] as const).map((value) => ({
              value,
              label: t(`deliveries.kinds.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="format" label={t('deliveries.format')} rules={[needed]}>
          <Select
            className="stage-filter"
            options={(['csv', 'xlsx', 'json'] as const).map((value) => ({
              value,
              label: t(`deliveries.formats.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="enabled" label={t('deliveries.enabled')} valuePropName="checked">
          <Switch />
        </Form.Item>
      </div>
      <ColumnFields />
      <Button className="gap-below" loading={preview.isPending} onClick={() => void look()}>
        {t('deliveries.preview')}
      </Button>
      <ProblemAlert error={preview.error} className="gap-below" />
      {shown && <LayoutPreview preview={shown} />}
    </FormDialog>
  );
}

/** A text that is left over from another choice is none. */
const withText = ({ heading, field, text }: DeliveryColumn): DeliveryColumn => ({
  ...{ heading, field },
  text: field === 'text' ? text : '',
});
