import { Form, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Question } from '../../api/types';
import { rangeText } from '../../lib/standard-range';
import { EvidenceField } from '../evidence/evidence-field';
import { MeasurementInput } from './measurement-input';
import { SignaturePad } from './signature-pad';

/** What the API takes. */
const MOST_PHOTOS = 20;

/** One question of a check form, answered in its own way. */
export function QuestionField({ name, question }: { name: (string | number)[]; question: Question }) {
  const { t } = useTranslation();
  return (
    // Photos are no value of the form: they are at the server before it is sent.
    <Form.Item {...(question.type === 'photo' ? {} : { name })} label={question.text} extra={hint()}>
      {control()}
    </Form.Item>
  );

  function hint() {
    const { type, standard, basis } = question;
    const range = type === 'photo' ? rangeText(question) : null;
    if (!standard && !basis && range === null) return undefined;
    return (
      <>
        {range !== null && <div>{t('evidence.count', { range })}</div>}
        {standard && <div>{t('visit.standard', { text: standard })}</div>}
        {basis && <div>{t('visit.basis', { text: basis })}</div>}
      </>
    );
  }

  function control() {
    switch (question.type) {
      case 'yes-no':
        return (
          <Radio.Group
            optionType="button"
            options={[
              { value: true, label: t('visit.yes') },
              { value: false, label: t('visit.no') },
            ]}
          />
        );
      case 'choice':
        return <Radio.Group className="choices" options={question.options ?? []} />;
      case 'number':
        return <InputNumber className="number-answer" inputMode="decimal" suffix={question.unit} />;
      case 'text':
        return <Input.TextArea autoSize={{ minRows: 1, maxRows: 5 }} maxLength={1000} />;
      case 'measurement':
        return <MeasurementInput question={question} />;
      case 'signature':
        return <SignaturePad label={question.text} />;
      case 'photo':
        return (
          <EvidenceField
            item={String(name[1])}
            question={question.key}
            label={question.text}
            most={question.max ?? MOST_PHOTOS}
          />
        );
    }
  }
}
