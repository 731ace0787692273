import { useTranslation } from 'react-i18next';
import type { Question, VisitDetail } from '../../api/types';
import { rangeText } from '../../lib/standard-range';
import { EvidenceList } from '../evidence/evidence-list';
import './answers.css';
import { Signature } from './signature';

interface Measured {
  value: number;
  instrument?: string;
  within?: boolean;
}

/** What was answered to a question, to be read. */
export function Answer({
  question,
  answer,
  visit,
}: {
  question: Question;
  answer: unknown;
  visit: VisitDetail;
}) {
  const { t } = useTranslation();
  switch (question.type) {
    case 'yes-no':
      return t(answer === true ? 'visit.yes' : 'visit.no');
    case 'signature':
      return <Signature className="signature" strokes={String(answer)} label={question.text} />;
    case 'photo': {
      const named = answer as number[];
      if (named.length === 0) return t('states.none');
      const photos = visit.evidence.filter((one) => named.includes(one.id));
      return photos.length > 0 ? (
        <EvidenceList visit={visit.id} evidence={photos} />
      ) : (
        t('evidence.hidden', { n: named.length })
      );
    }
    case 'measurement': {
      const { value, instrument, within } = answer as Measured;
      return (
        <>
          {value} {question.unit}
          {within !== undefined && (
            <span className={within ? 'good' : 'bad'}>
              {' · '}
              {t(within ? 'visit.within' : 'visit.outside', { range: rangeText(question) })}
            </span>
          )}
          {instrument && ` · ${instrument}`}
        </>
      );
    }
    case 'number':
      return `${String(answer)} ${question.unit ?? ''}`;
    default:
      return String(answer);
  }
}
