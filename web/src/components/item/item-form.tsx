import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDepartmentName, useRegions, useTags } from '../../lib/use-organisation';
import { CheckGroup } from '../check-group';
import { ProblemAlert } from '../problem-alert';
import { CheckFormEditor } from './check-form-editor';
import { FormPreview } from './form-preview';
import { draftOf, type ItemFields } from './item-fields';

interface Props {
  initial: Partial<ItemFields>;
  /** Departments for which the person may write items; none where the item is there already. */
  departments: readonly string[];
  /** A version follows one that was published: it says why. */
  isRevision: boolean;
  error: Error | null;
  isSending: boolean;
  onSend: (fields: ItemFields) => void;
}

/** An item with its legal bases, objects, ratios and check form (plan 3.1, 3.3, 3.4). */
export function ItemForm({ initial, departments, isRevision, error, isSending, onSend }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<ItemFields>();
  const isNew = departments.length > 0;
  const needed = { required: true, message: t('items.editor.needed') };
  return (
    <Form form={form} layout="vertical" scrollToFirstError initialValues={initial} onFinish={onSend}>
      <Card className="gap-below" title={t('items.editor.basics')}>
        {isNew && <Identity departments={departments} />}
        <Form.Item name="name" label={t('items.fields.name')} rules={[{ ...needed, whitespace: true }]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="category" label={t('items.fields.category')} rules={[needed]}>
          <Radio.Group
            options={(['general', 'key'] as const).map((value) => ({
              value,
              label: t(`open.categories.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="methods" label={t('items.fields.methods')} rules={[needed]}>
          <CheckGroup
            options={(['on-site', 'documentary', 'online'] as const).map((value) => ({
              value,
              label: t(`open.methods.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="content" label={t('items.fields.content')}>
          <Input.TextArea rows={3} maxLength={4000} showCount />
        </Form.Item>
      </Card>
      <Card className="gap-below" title={t('items.fields.legalBases')}>
        <LegalBases />
      </Card>
      <Card className="gap-below" title={t('items.editor.objects')}>
        <Objects />
      </Card>
      <Card className="gap-below" title={`${t('items.fields.ratioPpm')} · ${t('items.fields.frequency')}`}>
        <div className="small-fields">
          <Form.Item name="ratio" label={t('items.fields.ratioPpm')} extra={t('items.editor.ratioHint')}>
            <InputNumber min={0} max={100} step={1} suffix="%" />
          </Form.Item>
          <Form.Item
            name="frequency"
            label={t('items.fields.frequency')}
            extra={t('items.editor.frequencyHint')}
          >
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item
            name="statutoryRatio"
            label={t('items.fields.statutoryRatioPpm')}
            extra={t('items.editor.statutoryHint')}
          >
            <InputNumber min={0} max={100} step={1} suffix="%" />
          </Form.Item>
          <Form.Item
            name="statutoryFrequency"
            label={t('items.fields.statutoryFrequency')}
            extra={t('items.editor.statutoryHint')}
          >
            <Input maxLength={100} />
          </Form.Item>
        </div>
      </Card>
      <Card
        className="gap-below"
        title={t('items.editor.checkForm')}
        extra={<FormPreview read={() => previewOf(form.getFieldsValue(true) as ItemFields)} />}
      >
        <CheckFormEditor />
        <Form.Item
          name="opinions"
          className="gap-above"
          label={t('items.fields.opinions')}
          extra={t('items.editor.opinionsHint')}
        >
          <Select
            mode="tags"
            open={false}
            suffix={null}
            tokenSeparators={['；', ';']}
            maxCount={30}
            placeholder={t('items.editor.optionsHint')}
          />
        </Form.Item>
      </Card>
      {isRevision && (
        <Card className="gap-below">
          <Form.Item
            name="changeReason"
            label={t('items.editor.changeReason')}
            extra={t('items.editor.changeReasonHint')}
            rules={[{ ...needed, whitespace: true }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Card>
      )}
      <ProblemAlert error={error} className="gap-below" />
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {t('items.editor.saveDraft')}
      </Button>
    </Form>
  );
}

function previewOf(fields: ItemFields) {
  const { name, checkForm, opinions } = draftOf(fields);
  return { name, departmentCode: fields.departmentCode, checkForm, opinions };
}

function Identity({ departments }: { departments: readonly string[] }) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  return (
    <>
      <Form.Item
        name="code"
        label={t('items.editor.code')}
        extra={t('items.editor.codeHint')}
        rules={[
          { required: true, message: t('items.editor.needed') },
          { pattern: /^[A-Z0-9][A-Z0-9-]*$/, message: t('items.editor.codeFormat') },
        ]}
      >
        <Input maxLength={40} />
      </Form.Item>
      {departments.length > 1 && (
        <Form.Item name="departmentCode" label={t('items.department')}>
          <Select
            options={departments.map((code) => ({
              value: code,
              label: nameOf(code),
            }))}
          />
        </Form.Item>
      )}
      {departments.length === 1 && (
        <Form.Item name="departmentCode" hidden>
          <Input />
        </Form.Item>
      )}
    </>
  );
}

function LegalBases() {
  const { t } = useTranslation();
  return (
    <Form.List name="legalBases">
      {(bases, { add, remove }) => (
        <>
          {bases.length === 0 && (
            <Alert type="warning" className="gap-below" title={t('items.editor.noBasis')} />
          )}
          {bases.map(({ key, name }) => (
            <div key={key} className="basis-fields">
              <Form.Item name={[name, 'law']} label={t('items.editor.law')}>
                <Input maxLength={200} />
              </Form.Item>
              <Form.Item name={[name, 'article']} label={t('items.editor.article')}>
                <Input maxLength={100} />
              </Form.Item>
              <Form.Item name={[name, 'text']} label={t('items.editor.text')} className="basis-text">
                <Input.TextArea autoSize maxLength={2000} />
              </Form.Item>
              <Button
                aria-label={`${t('items.editor.remove')}：${t('items.fields.legalBases')} ${name + 1}`}
                icon={<DeleteOutlined aria-hidden />}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <Button icon={<PlusOutlined aria-hidden />} onClick={() => add({ law: '' })}>
            {t('items.editor.addBasis')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Objects() {
  const { t } = useTranslation();
  const tags = useTags();
  const regions = useRegions();
  return (
    <>
      <Form.Item name="objectTags" label={t('items.fields.objectTags')} extra={t('items.editor.tagsHint')}>
        <Select
          mode="multiple"
          loading={tags.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(tags.data ?? []).map(({ tag, label }) => ({ value: tag, label }))}
        />
      </Form.Item>
      <Form.Item
        name="objectRegions"
        label={t('items.fields.objectRegions')}
        extra={t('items.editor.regionsHint')}
      >
        <Select
          mode="multiple"
          loading={regions.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={(regions.data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
        />
      </Form.Item>
      <Form.Item
        name="qualifications"
        label={t('items.fields.qualifications')}
        extra={t('items.editor.qualificationsHint')}
        rules={[
          {
            validator: (_rule, words: string[]) =>
              words.every((word) => /^[a-z0-9-]+$/.test(word))
                ? Promise.resolve()
                : Promise.reject(new Error(t('items.editor.qualificationsFormat'))),
          },
        ]}
      >
        <Select mode="tags" open={false} suffix={null} />
      </Form.Item>
    </>
  );
}
