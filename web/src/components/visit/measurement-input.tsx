import { Input, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Question } from '../../api/types';
import { isWithin, rangeText } from '../../lib/standard-range';
import type { MeasurementDraft } from '../../lib/visit-draft';

interface Props {
  question: Question;
  /** These three come from the field of the form. */
  id?: string;
  value?: MeasurementDraft | null;
  onChange?: (value: MeasurementDraft) => void;
}

/** What was measured and with what; says at once whether it is in the range. */
export function MeasurementInput({ question, id, value, onChange }: Props) {
  const { t } = useTranslation();
  const range = rangeText(question);
  const number = value?.value ?? null;
  const isIn = number === null || isWithin(question, number);
  return (
    <div className="measurement">
      <InputNumber
        {...(id ? { id } : {})}
        className="number-answer"
        inputMode="decimal"
        suffix={question.unit}
        value={number}
        onChange={(next) => onChange?.({ ...value, value: next })}
      />
      <Input
        aria-label={`${question.text}：${t('visit.instrument')}`}
        placeholder={question.instrument ?? t('visit.instrumentHint')}
        maxLength={100}
        value={value?.instrument ?? ''}
        onChange={(event) => onChange?.({ ...value, instrument: event.target.value })}
      />
      {range && (
        <span role="status" className={number === null ? 'muted small' : isIn ? 'good' : 'bad'}>
          {number === null
            ? t('visit.range', { range })
            : t(isIn ? 'visit.within' : 'visit.outside', { range })}
        </span>
      )}
    </div>
  );
}
