import { Alert, Button, Space } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultDraft, VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { resultLabel } from '../../lib/results';
import type { AnswerDraft, DraftContent } from '../../lib/visit-draft';
import { Answer } from './answer';

interface Props {
  visit: VisitDetail;
  mine: DraftContent;
  theirs: ResultDraft;
  onChoose: (content: DraftContent) => void;
}

/** Two versions of one item's draft: what differs side by side, and which is to go on. Until then both are kept. */
export function DraftConflict({ visit, mine, theirs, onChoose }: Props) {
  const { t } = useTranslation();
  const other = theirs.content;
  const questions = visit.forms
    .filter((form) => form.item === theirs.item)
    .flatMap((form) => form.sections.flatMap((section) => section.questions));
  const result = ({ resultCode }: DraftContent) =>
    resultCode === null ? t('states.unset') : resultLabel(resultCode, t);
  const method = ({ method: of }: DraftContent) =>
    of === null ? t('states.unset') : t(`open.methods.${of}`);
  const rows: [string, ReactNode, ReactNode][] = [
    [t('visit.result'), result(mine), result(other)],
    [t('visitMethod.label'), method(mine), method(other)],
    [t('visit.opinion'), mine.opinion || t('states.unset'), other.opinion || t('states.unset')],
  ].filter(([, one, two]) => one !== two) as [string, string, string][];
  for (const question of questions) {
    const [one, two] = [mine.answers[question.key], other.answers[question.key]];
    if (JSON.stringify(one) === JSON.stringify(two)) continue;
    const shown = (answer: AnswerDraft | undefined) =>
      answer === undefined ? t('states.unset') : <Answer question={question} answer={answer} visit={visit} />;
    rows.push([question.text, shown(one), shown(two)]);
  }
  const item = visit.items.find((one) => one.item.code === theirs.item)?.item.name ?? theirs.item;
  return (
    <Alert
      className="gap-below"
      type="warning"
      title={t('visit.conflict', { item, by: theirs.savedBy, at: formatInstant(theirs.savedAt) })}
      description={
        <>
          <table className="draft-versions">
            <thead>
              <tr>
                <td />
                <th>{t('visit.conflictMine')}</th>
                <th>{t('visit.conflictTheirs')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([label, one, two]) => (
                <tr key={label}>
                  <th>{label}</th>
                  <td>{one}</td>
                  <td>{two}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <Space wrap>
            <Button type="primary" onClick={() => onChoose(mine)}>
              {t('visit.conflictUseMine')}
            </Button>
            <Button onClick={() => onChoose(other)}>{t('visit.conflictUseTheirs')}</Button>
          </Space>
        </>
      }
    />
  );
}
