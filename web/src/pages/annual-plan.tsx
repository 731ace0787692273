import { PlusOutlined } from '@ant-design/icons';
import { Alert, Button, Card, Empty, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import type { AnnualPlan, PlanLine } from '../api/types';
import { AdviceCard } from '../components/annual/advice-card';
import { LineDialog } from '../components/annual/line-dialog';
import { LineList, WithdrawnLines } from '../components/annual/line-list';
import { PlanCommands } from '../components/annual/plan-commands';
import { useAdvice, useAnnualPlan } from '../components/annual/use-plan';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';

/** A year's plan: its lines, what the adviser says of them, its review, and their launch. */
export function AnnualPlanPage() {
  const { t } = useTranslation();
  const year = Number(useParams()['year']);
  useTitle(t('annual.titleOf', { year }));
  const query = useAnnualPlan(year);
  return <Loaded query={query}>{(plan) => <Plan plan={plan} />}</Loaded>;
}

function Plan({ plan }: { plan: AnnualPlan }) {
  const { t } = useTranslation();
  const advice = useAdvice(plan.year);
  const [edited, setEdited] = useState<PlanLine | 'new' | null>(null);
  const [search, setSearch] = useSearchParams();
  const department = search.get('department') ?? '';
  const departments = [
    ...new Map(plan.lines.map((line) => [line.department.code, line.department])).values(),
  ];
  const shown = plan.lines.filter((line) => department === '' || line.department.code === department);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {t('annual.titleOf', { year: plan.year })} <Tag>{t(`annual.stage.${plan.stage}`)}</Tag>
          </h1>
          <p className="muted">
            {t(plan.amendment ? `annual.nextAmended.${plan.stage}` : `annual.next.${plan.stage}`)}
          </p>
        </div>
        <PlanCommands plan={plan} />
      </div>
      <div className="stack">
        {plan.amendment && (
          <Alert
            type="info"
            showIcon
            title={t('annual.amending', { n: plan.version + 1, reason: plan.amendment.reason })}
            description={t('annual.amendingHint', {
              n: plan.version,
              added: plan.amendment.added.length,
              changed: plan.amendment.changed.length,
              withdrawn: plan.amendment.withdrawn.length,
            })}
          />
        )}
        {plan.stageReason && (
          <Alert type="warning" showIcon title={t('annual.returned', { reason: plan.stageReason })} />
        )}
        <Card
          title={t('annual.lines')}
          extra={
            plan.writesFor.length > 0 && (
              <Button icon={<PlusOutlined aria-hidden />} onClick={() => setEdited('new')}>
                {t('annual.add')}
              </Button>
            )
          }
        >
          {departments.length > 1 && (
            <Select
              aria-label={t('annual.filter')}
              className="stage-filter gap-below"
              value={department}
              onChange={(value) => setSearch(value === '' ? {} : { department: value }, { replace: true })}
              options={[
                { value: '', label: t('annual.all') },
                ...departments.map((one) => ({ value: one.code, label: one.name })),
              ]}
            />
          )}
          {plan.lines.length === 0 ? (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('annual.linesEmpty')} />
          ) : (
            <LineList plan={plan} lines={shown} advice={advice.data} onEdit={setEdited} />
          )}
        </Card>
        <WithdrawnLines plan={plan} />
        {plan.lines.length > 0 && <AdviceCard plan={plan} query={advice} />}
      </div>
      {edited && (
        <LineDialog plan={plan} line={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
