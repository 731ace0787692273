import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Card, Form, Input, InputNumber, Select, Space, type FormRule } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ItemFields } from './item-fields';

const TYPES = ['yes-no', 'choice', 'number', 'measurement', 'text', 'photo', 'signature'] as const;

/** Sections and questions of a check form; lists of the item's form (plan 3.4). */
export function CheckFormEditor() {
  const { t } = useTranslation();
  const needed = [{ required: true, whitespace: true, message: t('items.editor.needed') }];
  return (
    <Form.List name="checkForm">
      {(sections, { add, remove, move }) => (
        <div className="stack">
          {sections.map(({ key, name }) => (
            <Card
              key={key}
              size="small"
              title={
                <Form.Item name={[name, 'title']} rules={needed} noStyle>
                  <Input aria-label={t('items.editor.section')} maxLength={100} />
                </Form.Item>
              }
              extra={
                <Placing
                  at={name}
                  count={sections.length}
                  move={move}
                  remove={remove}
                  what={t('items.editor.section')}
                />
              }
            >
              <Questions section={name} />
            </Card>
          ))}
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => add({ title: '', questions: [{ text: '', type: 'yes-no' }] })}
          >
            {t('items.editor.addSection')}
          </Button>
        </div>
      )}
    </Form.List>
  );
}

function Questions({ section }: { section: number }) {
  const { t } = useTranslation();
  return (
    <Form.List name={[section, 'questions']}>
      {(questions, { add, remove, move }) => (
        <>
          <ol className="question-list">
            {questions.map(({ key, name }) => (
              <li key={key}>
                <Question section={section} at={name} />
                <Placing
                  at={name}
                  count={questions.length}
                  move={move}
                  remove={remove}
                  what={t('items.editor.question')}
                />
              </li>
            ))}
          </ol>
          <Button
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => add({ text: '', type: 'yes-no' })}
          >
            {t('items.editor.addQuestion')}
          </Button>
        </>
      )}
    </Form.List>
  );
}

function Question({ section, at }: { section: number; at: number }) {
  const { t } = useTranslation();
  const form = Form.useFormInstance<ItemFields>();
  const type = Form.useWatch(['checkForm', section, 'questions', at, 'type'], form) as
    (typeof TYPES)[number] | undefined;
  return (
    <div className="question-fields">
      <Form.Item
        name={[at, 'text']}
        label={t('items.editor.question')}
        rules={[{ required: true, whitespace: true, message: t('items.editor.needed') }]}
        className="question-text"
      >
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name={[at, 'type']} label={t('items.editor.type')} className="question-type">
        <Select options={TYPES.map((value) => ({ value, label: t(`items.question.${value}`) }))} />
      </Form.Item>
      {(type === 'number' || type === 'measurement') && (
        <Form.Item
          name={[at, 'unit']}
          label={t('items.editor.unit')}
          rules={type === 'measurement' ? [{ required: true, message: t('items.editor.needed') }] : []}
        >
          <Input maxLength={20} />
        </Form.Item>
      )}
      {type === 'measurement' && <Range section={section} at={at} />}
      {type === 'photo' && <PhotoCount section={section} at={at} />}
      {type === 'choice' && (
        <Form.Item
          name={[at, 'options']}
          label={t('items.editor.options')}
          className="question-options"
          rules={[{ required: true, type: 'array', min: 2, message: t('items.editor.optionsNeeded') }]}
        >
          <Select mode="tags" open={false} suffix={null} placeholder={t('items.editor.optionsHint')} />
        </Form.Item>
      )}
      <Form.Item name={[at, 'basis']} label={t('items.editor.questionBasis')} className="question-basis">
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name={[at, 'standard']} label={t('items.editor.standard')} className="question-standard">
        <Input maxLength={500} />
      </Form.Item>
    </div>
  );
}

/** What a measurement should be, and with what it is taken; either end may stay open. */
function Range({ section, at }: { section: number; at: number }) {
  const { t } = useTranslation();
  const lower = ['checkForm', section, 'questions', at, 'min'];
  return (
    <>
      <Form.Item name={[at, 'min']} label={t('items.editor.min')}>
        <InputNumber className="number-answer" />
      </Form.Item>
      <Form.Item
        name={[at, 'max']}
        label={t('items.editor.max')}
        dependencies={[lower]}
        rules={[notBelow(lower, t)]}
      >
        <InputNumber className="number-answer" />
      </Form.Item>
      <Form.Item
        name={[at, 'instrument']}
        label={t('items.editor.instrument')}
        className="question-instrument"
      >
        <Input maxLength={100} placeholder={t('items.editor.instrumentHint')} />
      </Form.Item>
    </>
  );
}

/** How many photos are asked for; none need be. */
function PhotoCount({ section, at }: { section: number; at: number }) {
  const { t } = useTranslation();
  const lower = ['checkForm', section, 'questions', at, 'min'];
  return (
    <>
      <Form.Item name={[at, 'min']} label={t('items.editor.leastPhotos')}>
        <InputNumber className="number-answer" min={0} max={20} precision={0} />
      </Form.Item>
      <Form.Item
        name={[at, 'max']}
        label={t('items.editor.mostPhotos')}
        dependencies={[lower]}
        rules={[notBelow(lower, t)]}
      >
        <InputNumber className="number-answer" min={1} max={20} precision={0} />
      </Form.Item>
    </>
  );
}

const notBelow =
  (lower: (string | number)[], t: TFunction): FormRule =>
  ({ getFieldValue }) => ({
    validator: (_rule, max: number | null | undefined) => {
      const min = getFieldValue(lower) as number | null | undefined;
      return typeof min === 'number' && typeof max === 'number' && min > max
        ? Promise.reject(new Error(t('items.editor.rangeTurned')))
        : Promise.resolve();
    },
  });

interface PlacingProps {
  at: number;
  count: number;
  what: string;
  move: (from: number, to: number) => void;
  remove: (at: number) => void;
}

function Placing({ at, count, what, move, remove }: PlacingProps) {
  const { t } = useTranslation();
  const label = (action: 'up' | 'down' | 'remove') => `${t(`items.editor.${action}`)}：${what} ${at + 1}`;
  return (
    <Space size={4}>
      <Button
        size="small"
        aria-label={label('up')}
        icon={<ArrowUpOutlined aria-hidden />}
        disabled={at === 0}
        onClick={() => move(at, at - 1)}
      />
      <Button
        size="small"
        aria-label={label('down')}
        icon={<ArrowDownOutlined aria-hidden />}
        disabled={at === count - 1}
        onClick={() => move(at, at + 1)}
      />
      <Button
        size="small"
        danger
        aria-label={label('remove')}
        icon={<DeleteOutlined aria-hidden />}
        onClick={() => remove(at)}
      />
    </Space>
  );
}
