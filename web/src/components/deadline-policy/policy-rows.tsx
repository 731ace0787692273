import { useTranslation } from 'react-i18next';
import type { DeadlinePolicy } from '../../api/types';
import { formatOffset } from '../../lib/format-offset';
import { Numbers } from '../numbers';
import '../numbers.css';
import type { TaskKind } from '../../lib/task-kinds';

type Step = DeadlinePolicy['steps'][number];

/** What a version says: durations, longer time, and a table of steps for all kinds and for those with their own. */
export function PolicyRows({ policy }: { policy: DeadlinePolicy }) {
  const { t } = useTranslation();
  const { most, overdueBy } = policy.extension ?? { most: 10, overdueBy: 0 };
  const kinds = Object.entries(policy.byKind ?? {}) as [TaskKind, { duration?: number; steps?: Step[] }][];
  return (
    <div className="stack">
      <Numbers
        heads={[t('deadlinePolicy.durations'), '']}
        rows={(Object.keys(policy.durations) as (keyof typeof policy.durations)[]).map((key) => ({
          key,
          name: t(`deadlinePolicy.duration.${key}`),
          cells: [policy.durations[key]],
        }))}
      />
      <p className="small">
        {t('deadlinePolicy.extension')}：{t('deadlinePolicy.extensionLine', { most, overdueBy })}{' '}
        {t('deadlinePolicy.digestAt')}：{policy.digestAt}
      </p>
      <StepTable name={t('deadlinePolicy.allKinds')} steps={policy.steps} />
      {kinds.map(([kind, row]) => (
        <div key={kind}>
          <strong>
            {t(`task.kinds.${kind}`)}
            {row.duration !== undefined && ` · ${t('deadlinePolicy.ownDuration', { n: row.duration })}`}
          </strong>
          {row.steps && <StepTable name={t('deadlinePolicy.when')} steps={row.steps} />}
        </div>
      ))}
    </div>
  );
}

function StepTable({ name, steps }: { name: string; steps: Step[] }) {
  const { t } = useTranslation();
  return (
    <Numbers
      heads={[name, t('deadlinePolicy.what'), t('deadlinePolicy.whom'), t('deadlinePolicy.how')]}
      rows={steps.map((step, at) => ({
        key: String(at),
        name: formatOffset(t, step.offset),
        cells: [
          t(`deadlinePolicy.actions.${step.action}`),
          recipientsOf(step)
            .map((one) => t(`deadlinePolicy.recipients.${one}`))
            .join('、'),
          t(`deadlinePolicy.urgency.${step.urgency ?? 'digest'}`),
        ],
      }))}
    />
  );
}

type Recipient = NonNullable<Step['to']>[number];

const USUAL: Record<Step['action'], Recipient[]> = {
  remind: ['responsible'],
  overdue: ['responsible', 'liaison', 'head'],
  urge: ['responsible', 'liaison', 'head', 'lead', 'supervision'],
  escalate: ['leading-group', 'supervision'],
};

export const recipientsOf = (step: Step): Recipient[] => step.to ?? USUAL[step.action];
