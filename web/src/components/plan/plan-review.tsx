import { Button, Card } from 'antd';
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDepartmentName, useRegionName } from '../../lib/use-organisation';
import { useStratumName } from '../../lib/use-stratum-name';
import { usePublishedItems } from './item-choice';
import type { PlanFields } from './plan-fields';

interface Props {
  fields: Partial<PlanFields>;
  involved: readonly string[];
  strata: readonly string[];
  onMend: (step: number) => void;
}

/** The whole plan once more before it becomes a campaign, each part with the way back to it. */
export function PlanReview({ fields, involved, strata, onMend }: Props) {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const departmentName = useDepartmentName();
  const { short } = useStratumName();
  const items = usePublishedItems();
  const { window: days, publicContributor, ratios = {}, teams = {} } = fields;
  const nameOf = (code: string) => items.data?.find((item) => item.code === code)?.name ?? code;
  const source = (publicContributor ?? '').replace('public:', '') || 'none';
  const and = t('strata.and');
  const parts: [step: number, title: string, facts: [string, ReactNode][]][] = [
    [
      0,
      t('wizard.steps.scope'),
      [
        [t('plan.name'), fields.name],
        [t('plan.lead'), departmentName(fields.leadDepartment ?? '')],
        [t('plan.regions'), (fields.regions ?? []).map(regionName).join(and)],
      ],
    ],
    [
      1,
      t('wizard.steps.items'),
      [
        [t('plan.items'), <Lines key="items" of={(fields.items ?? []).map(nameOf)} />],
        [t('plan.teams'), involved.map((code) => `${departmentName(code)} ${teams[code] ?? 2}`).join(and)],
      ],
    ],
    [
      2,
      t('wizard.steps.ratios'),
      [
        [t('plan.mode'), fields.mode && t(`modes.${fields.mode}`)],
        [t('plan.ratios'), strata.map((stratum) => `${short(stratum)} ${ratios[stratum] ?? 0}%`).join(and)],
      ],
    ],
    [
      3,
      t('wizard.steps.dates'),
      [
        [t('plan.window'), days?.map((day) => day.format('YYYY-MM-DD')).join(' — ')],
        [t('plan.rotation'), t(fields.rotation ? 'plan.rotationOn' : 'plan.rotationOff')],
        [t('inspections.planLabel'), t(fields.demandsApproval ? 'inspections.on' : 'inspections.off')],
        [t('plan.publicContributor'), t(`publicSources.${source as 'dice' | 'lottery' | 'beacon' | 'none'}`)],
      ],
    ],
  ];
  return parts.map(([step, title, facts]) => (
    <Card
      key={step}
      size="small"
      title={title}
      extra={
        <Button type="link" size="small" onClick={() => onMend(step)}>
          {t('wizard.mend', { part: title })}
        </Button>
      }
    >
      <dl className="plan-facts">
        {facts.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value === '' ? t('states.unset') : (value ?? t('states.unset'))}</dd>
          </Fragment>
        ))}
      </dl>
    </Card>
  ));
}

function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul className="plain-list">
      {of.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
