import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Empty, Statistic } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { PlanPreview, PlanPreviewBody } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { useSettled } from '../../lib/use-settled';
import { useStratumName } from '../../lib/use-stratum-name';
import { Loaded } from '../loaded';
import { draftOf, type PlanFields } from './plan-fields';

const TYPING_MS = 400;

interface Props {
  fields: Partial<PlanFields>;
  involved: readonly string[];
  strata: readonly string[];
}

/** What the plan would come to, while its ratios are being set. */
export function PlanPreviewCard({ fields, involved, strata }: Props) {
  const { t } = useTranslation();
  const {
    regions = [],
    items = [],
    mode = 'joint',
    teams = [],
    ratios = [],
  } = draftOf(fields, involved, strata);
  const asked = JSON.stringify({ regions, items, mode, teams, ratios } satisfies PlanPreviewBody);
  const settled = useSettled(asked, TYPING_MS);
  const body = JSON.parse(settled) as PlanPreviewBody;
  const isAsked = [regions, items, ratios].every((one) => one.length > 0);
  const query = useQuery({
    queryKey: ['plan-preview', settled],
    // What was settled last may still lack what is there by now.
    enabled: isAsked && [body.regions, body.items, body.ratios ?? []].every((one) => one.length > 0),
    placeholderData: keepPreviousData,
    queryFn: () => answerOf(api.POST('/api/v1/plan-previews', { body })),
  });
  return (
    <Card title={t('wizard.preview.title')} aria-busy={query.isFetching}>
      {isAsked ? (
        <Loaded query={query}>{(preview) => <Figures preview={preview} />}</Loaded>
      ) : (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('wizard.preview.empty')} />
      )}
      <p className="muted small">{t('wizard.preview.note')}</p>
    </Card>
  );
}

function Figures({ preview }: { preview: PlanPreview }) {
  const { t } = useTranslation();
  const { short } = useStratumName();
  const { population, visits, apart, strata, departments } = preview;
  return (
    <div aria-live="polite">
      <div className="figures">
        <Statistic title={t('wizard.preview.population')} value={population} />
        <Statistic title={t('wizard.preview.visits')} value={Math.round(visits)} />
        <Statistic
          title={t('wizard.preview.saved')}
          value={Math.round(apart - visits)}
          className="figure-good"
        />
      </div>
      <table className="plan-figures">
        <caption>{t('wizard.preview.byStratum')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('wizard.preview.stratum')}</th>
            <th scope="col">{t('wizard.preview.ratio')}</th>
            <th scope="col">{t('wizard.preview.population')}</th>
            <th scope="col">{t('wizard.preview.visits')}</th>
          </tr>
        </thead>
        <tbody>
          {strata.map((one) => (
            <tr key={one.stratum}>
              <th scope="row">{short(one.stratum)}</th>
              <td>{formatRatio(one.ratioPpm)}</td>
              <td>{one.population.toLocaleString('en')}</td>
              <td>{one.visits.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table className="plan-figures">
        <caption>{t('wizard.preview.byDepartment')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('wizard.preview.department')}</th>
            <th scope="col">{t('wizard.preview.visits')}</th>
            <th scope="col">{t('wizard.preview.personVisits')}</th>
          </tr>
        </thead>
        <tbody>
          {departments.map((one) => (
            <tr key={one.department.code}>
              <th scope="row">{one.department.name}</th>
              <td>{one.visits.toLocaleString('en')}</td>
              <td>{one.personVisits.toLocaleString('en')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
