import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Correction, VisitDetail } from '../../api/types';
import { resultLabel } from '../../lib/results';
import { Answer } from './answer';
import './corrections.css';

interface Change {
  key: string;
  label: string;
  before: ReactNode;
  after: ReactNode;
}

/** What a correction changes, and nothing else of the form: before and after, side by side. */
export function CorrectionChanges({ visit, correction }: { visit: VisitDetail; correction: Correction }) {
  const { t } = useTranslation();
  const { before, after } = correction;
  const questions =
    visit.forms
      .find((form) => form.item === correction.item)
      ?.sections.flatMap((section) => section.questions) ?? [];
  const changes: Change[] = [];
  const compare = (
    key: string,
    label: string,
    was: unknown,
    is: unknown,
    show: (value: never) => ReactNode,
  ) => {
    if (JSON.stringify(was) === JSON.stringify(is)) return;
    const shown = (value: unknown) =>
      value === undefined || value === null || value === '' ? t('correction.noAnswer') : show(value as never);
    changes.push({ key, label, before: shown(was), after: shown(is) });
  };
  compare('result', t('visit.result'), before.resultCode, after.resultCode, (code: number) =>
    resultLabel(code, t),
  );
  compare('opinion', t('visit.opinion'), before.opinion, after.opinion, (text: string) => text);
  compare('method', t('visitMethod.label'), before.method, after.method, (method: 'online') =>
    t(`open.methods.${method}`),
  );
  for (const question of questions) {
    const { key } = question;
    compare(`answer-${key}`, question.text, before.answers[key], after.answers[key], (answer) => (
      <Answer question={question} answer={answer} visit={visit} />
    ));
  }
  return (
    <table className="changes">
      <thead>
        <tr>
          <th scope="col">{t('correction.changes')}</th>
          <th scope="col">{t('correction.before')}</th>
          <th scope="col">{t('correction.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={change.key}>
            <th scope="row">{change.label}</th>
            <td data-label={t('correction.before')}>{change.before}</td>
            <td data-label={t('correction.after')}>{change.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
