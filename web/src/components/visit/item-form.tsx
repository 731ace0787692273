import { Card, Collapse, Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitDetail, VisitItem } from '../../api/types';
import { isViolation, RESULT_CODES, resultLabel } from '../../lib/results';
import { EvidenceField } from '../evidence/evidence-field';
import { useEvidencePlace } from '../evidence/evidence-place';
import './answers.css';
import { OpinionInput } from './opinion-input';
import { QuestionField } from './question-field';

interface Props {
  item: Pick<VisitItem, 'item' | 'department'> & Partial<Pick<VisitItem, 'methods'>>;
  form: Pick<VisitDetail['forms'][number], 'sections' | 'opinions'> | undefined;
  /** Otherwise an item without a result is handed in later. */
  isResultNeeded?: boolean;
}

/** What is asked of one item: its check form, then the result and the opinion. */
export function ItemForm({ item, form, isResultNeeded = false }: Props) {
  const { t } = useTranslation();
  const place = useEvidencePlace();
  const at = ['items', item.item.code];
  const resultCode = Form.useWatch<number | undefined>([...at, 'resultCode']);
  const needsOpinion = resultCode !== undefined && isViolation(resultCode);
  return (
    <Card
      className="gap-below"
      title={item.item.name}
      extra={<span className="muted small">{item.department.name}</span>}
    >
      {form && form.sections.length > 0 ? (
        <Collapse
          className="gap-below"
          defaultActiveKey={form.sections.map((_section, index) => index)}
          items={form.sections.map((section, index) => ({
            key: index,
            label: section.title,
            forceRender: true,
            children: section.questions.map((question) => (
              <QuestionField key={question.key} name={[...at, 'answers', question.key]} question={question} />
            )),
          }))}
        />
      ) : (
        <p className="muted small">{t('visit.noForm')}</p>
      )}
      {place && (
        <Form.Item label={t('evidence.files')} extra={t('evidence.filesHint')}>
          <EvidenceField item={item.item.code} question={null} label={t('evidence.files')} />
        </Form.Item>
      )}
      <Form.Item
        name={[...at, 'resultCode']}
        label={t('visit.result')}
        {...(isResultNeeded
          ? { rules: [{ required: true, message: t('visit.resultNeeded') }] }
          : { extra: t('visit.includeHint') })}
      >
        <Select
          size="large"
          allowClear
          placeholder={t('visit.resultNeeded')}
          options={RESULT_CODES.map((value) => ({ value, label: `${value} ${resultLabel(value, t)}` }))}
        />
      </Form.Item>
      {(item.methods?.length ?? 0) > 1 && (
        <Form.Item
          name={[...at, 'method']}
          label={t('visitMethod.label')}
          extra={t('visitMethod.hint')}
          rules={resultCode === undefined ? [] : [{ required: true, message: t('visitMethod.needed') }]}
        >
          <Radio.Group
            options={(item.methods ?? []).map((value) => ({ value, label: t(`open.methods.${value}`) }))}
          />
        </Form.Item>
      )}
      <Form.Item
        name={[...at, 'opinion']}
        label={t('visit.opinion')}
        extra={t('visit.opinionHint')}
        rules={[
          { max: 1000 },
          ...(needsOpinion ? [{ required: true, whitespace: true, message: t('visit.opinionNeeded') }] : []),
        ]}
      >
        <OpinionInput offered={form?.opinions ?? []} />
      </Form.Item>
    </Card>
  );
}
