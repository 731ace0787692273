import { Button, Card, Form } from 'antd';
import type { CampaignPlan } from '../../api/types';
import { ProblemAlert } from '../problem-alert';
import { planOf, type PlanFields } from './plan-fields';
import {
  ItemFields,
  ModeField,
  PublicSourceField,
  ScopeFields,
  TermFields,
  WindowField,
} from './plan-sections';
import { RatioFields } from './ratio-fields';
import { useFieldProblems } from './use-field-problems';
import { useInvolved } from './use-involved';
import { useStrata } from './use-strata';

interface Props {
  initial: PlanFields;
  sendLabel: string;
  error: Error | null;
  isSending: boolean;
  onSend: (plan: CampaignPlan) => void;
}

/** A campaign's whole plan on one page, for who mends it; what the server finds wrong is shown at the field it is about. */
export function PlanForm({ initial, sendLabel, error, isSending, onSend }: Props) {
  const [form] = Form.useForm<PlanFields>();
  const chosen = (Form.useWatch('items', form) as string[] | undefined) ?? initial.items;
  const strata = useStrata(form, initial);
  const involved = useInvolved(chosen);
  useFieldProblems(form, error, strata);
  return (
    <Form
      form={form}
      layout="vertical"
      scrollToFirstError
      initialValues={initial}
      onFinish={(fields) => onSend(planOf(fields, involved, strata))}
    >
      <Card className="gap-below">
        <ScopeFields />
        <WindowField />
      </Card>
      <Card className="gap-below">
        <ItemFields involved={involved} sizes={initial.teams} />
        <TermFields />
      </Card>
      <Card className="gap-below">
        <ModeField />
        <RatioFields strata={strata} />
        <PublicSourceField />
      </Card>
      <ProblemAlert error={error} className="gap-below" />
      <Button type="primary" size="large" htmlType="submit" loading={isSending}>
        {sendLabel}
      </Button>
    </Form>
  );
}
