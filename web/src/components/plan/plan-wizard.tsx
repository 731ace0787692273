import { Alert, Button, Card, Form, Steps } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignPlan, PlanDraft } from '../../api/types';
import { formatTime } from '../../lib/format';
import { usePhone } from '../../lib/use-media';
import { departmentsOf, useSession } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';
import { draftOf, planOf, type PlanFields } from './plan-fields';
import { PlanPreviewCard } from './plan-preview';
import { PlanReview } from './plan-review';
import {
  ItemFields,
  ModeField,
  PublicSourceField,
  ScopeFields,
  TermFields,
  WindowField,
} from './plan-sections';
import './plan-wizard.css';
import { RatioFields } from './ratio-fields';
import { useAutosave } from './use-autosave';
import { useFieldProblems } from './use-field-problems';
import { useInvolved } from './use-involved';
import { useStrata } from './use-strata';

/** In the order of the work; the fields that each step has to have right before the next. */
const STEPS = [
  { key: 'scope', fields: ['name', 'leadDepartment', 'regions'] },
  { key: 'items', fields: ['items', 'teams'] },
  { key: 'ratios', fields: ['mode', 'ratios'] },
  { key: 'dates', fields: ['window', 'publicContributor'] },
  { key: 'review', fields: [] },
] as const;

const LAST = STEPS.length - 1;

const stepOf = (field: readonly (string | number)[]): number =>
  Math.max(
    0,
    STEPS.findIndex(({ fields }) => (fields as readonly (string | number)[]).includes(field[0] ?? '')),
  );

interface Props {
  /** What a new plan begins with, a copy, or an unfinished one. */
  initial: Partial<PlanFields>;
  draft: PlanDraft | null;
  error: Error | null;
  isSending: boolean;
  /** `drop` ends what is kept of it, once it is a campaign. */
  onSend: (plan: CampaignPlan, drop: () => Promise<void>) => void;
}

/** A new campaign step by step; what is typed is kept at the server, for its writer to go on with another day. */
export function PlanWizard({ initial, draft, error, isSending, onSend }: Props) {
  const { t } = useTranslation();
  const isPhone = usePhone();
  const { data: me } = useSession();
  const [form] = Form.useForm<PlanFields>();
  const [step, setStep] = useState(Math.min(draft?.step ?? 0, LAST));
  const fields = (Form.useWatch([], form) as Partial<PlanFields> | undefined) ?? initial;
  const strata = useStrata(form, initial);
  const involved = useInvolved(fields.items ?? []);
  const { save, drop, savedAt, error: unsaved, isSaving } = useAutosave(draft);
  useFieldProblems(
    form,
    error,
    strata,
    useCallback((field: (string | number)[]) => setStep(stepOf(field)), []),
  );
  const own = departmentsOf(me, 'lead_officer', 'coordinator')[0];
  const start = { leadDepartment: own, ...initial };

  const keep = (at: number) =>
    save({ content: draftOf(form.getFieldsValue(true) as Partial<PlanFields>, involved, strata), step: at });
  const goTo = (to: number) => {
    setStep(to);
    keep(to);
    window.scrollTo({ top: 0 });
  };
  /** Going on asks for what the steps before need; going back asks for nothing. */
  const advance = async (to: number) => {
    const wrong = await firstWrong(to);
    if (wrong === null) goTo(to);
    else setStep(wrong);
  };
  const firstWrong = async (before: number): Promise<number | null> => {
    for (const [at, { fields: names }] of STEPS.entries()) {
      if (at >= before) break;
      const isRight = await form
        .validateFields(names as unknown as string[], { recursive: true })
        .then(() => true)
        .catch(() => false);
      if (!isRight) return at;
    }
    return null;
  };
  const send = async () => {
    const wrong = await firstWrong(LAST);
    if (wrong === null) onSend(planOf(form.getFieldsValue(true) as PlanFields, involved, strata), drop);
    else setStep(wrong);
  };
  const part = (at: number, content: React.ReactNode) => (
    <section hidden={step !== at} aria-label={t(`wizard.steps.${STEPS[at]?.key ?? 'scope'}`)}>
      {content}
    </section>
  );
  return (
    <Form form={form} layout="vertical" initialValues={start} onValuesChange={() => keep(step)}>
      <Steps
        className="gap-below"
        current={step}
        size="small"
        orientation={isPhone ? 'vertical' : 'horizontal'}
        onChange={(to) => (to <= step ? goTo(to) : void advance(to))}
        items={STEPS.map(({ key }) => ({ title: t(`wizard.steps.${key}`) }))}
      />
      {part(
        0,
        <Card>
          <ScopeFields />
        </Card>,
      )}
      {part(
        1,
        <Card>
          <ItemFields involved={involved} sizes={initial.teams} />
        </Card>,
      )}
      {part(
        2,
        <div className="plan-ratios">
          <Card>
            <ModeField />
            <RatioFields strata={strata} />
          </Card>
          <PlanPreviewCard fields={fields} involved={involved} strata={strata} />
        </div>,
      )}
      {part(
        3,
        <Card>
          <WindowField />
          <TermFields />
          <PublicSourceField />
        </Card>,
      )}
      {step === LAST && (
        <section aria-label={t('wizard.steps.review')} className="stack">
          <PlanReview fields={fields} involved={involved} strata={strata} onMend={goTo} />
          <PlanPreviewCard fields={fields} involved={involved} strata={strata} />
        </section>
      )}
      <ProblemAlert error={error} className="gap-above" />
      {unsaved && <Alert className="gap-above" type="warning" showIcon title={unsaved.message} />}
      <div className="wizard-foot">
        <Button disabled={step === 0} onClick={() => goTo(step - 1)}>
          {t('wizard.back')}
        </Button>
        <span className="muted small" role="status">
          {isSaving
            ? t('wizard.saving')
            : savedAt && t('wizard.saved', { at: formatTime(savedAt).slice(0, 5) })}
        </span>
        {step < LAST ? (
          <Button type="primary" onClick={() => void advance(step + 1)}>
            {t('wizard.next')}
          </Button>
        ) : (
          <Button type="primary" loading={isSending} onClick={() => void send()}>
            {t('plan.create')}
          </Button>
        )}
      </div>
    </Form>
  );
}
