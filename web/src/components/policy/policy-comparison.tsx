import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyComparison as Comparison } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { Numbers } from '../numbers';

interface Props {
  /** What the two versions are called. */
  names: [before: string, after: string];
  comparison: Comparison;
}

/** Two versions side by side: the rows that differ, and what each comes to on the registry as it is. */
export function PolicyComparison({ names: [before, after], comparison }: Props) {
  const { t } = useTranslation();
  const { differences, ...outcomes } = comparison;
  const cap = (n: number | null) => (n === null ? t('policy.noCap') : t('policy.capOf', { n }));
  const count = (n: number) => n.toLocaleString();
  const visitsIn = (rows: { visits: number }[], at: number) => rows[at]?.visits ?? 0;
  return (
    <section className="gap-above">
      <h3>{t('policy.compared', { before, after })}</h3>
      {(['before', 'after'] as const).map((which) => {
        const { population, apart, joint } = outcomes[which];
        const saved = Math.round((apart - joint) * 10) / 10;
        return (
          <p key={which}>
            <strong>{which === 'before' ? before : after}</strong>：
            {t('policy.summary', { population: count(population), apart, joint, saved })}
          </p>
        );
      })}
      <h4>{t('policy.differences')}</h4>
      {differences.length === 0 ? (
        <p className="muted">{t('policy.same')}</p>
      ) : (
        <Numbers
          heads={[
            t('policy.row'),
            t('policy.ratio'),
            t('policy.cap'),
            t('policy.population'),
            t('policy.sample'),
            t('policy.visits'),
          ]}
          rows={differences.map(({ region, drawClass, population, ...effects }) => ({
            key: `${region?.code ?? ''}/${drawClass}`,
            name: `${region?.name ?? t('policy.city')} ${drawClass}`,
            cells: [
              <Change
                key="ratio"
                from={formatRatio(effects.before.ratioPpm)}
                to={formatRatio(effects.after.ratioPpm)}
              />,
              <Change key="cap" from={cap(effects.before.cap)} to={cap(effects.after.cap)} />,
              count(population),
              <Change key="sample" from={count(effects.before.sample)} to={count(effects.after.sample)} />,
              <Change key="visits" from={effects.before.visits} to={effects.after.visits} />,
            ],
          }))}
        />
      )}
      <p className="muted small">{t('policy.differencesWhy')}</p>
      <h4>{t('policy.effect')}</h4>
      <Numbers
        heads={[
          t('policy.drawClass'),
          t('policy.population'),
          t('policy.ratio'),
          t('policy.cap'),
          t('policy.atCap'),
          t('policy.sample'),
          t('policy.visits'),
        ]}
        rows={outcomes.before.strata.flatMap((row, at) => {
          const now = outcomes.after.strata[at];
          if (!now) return [];
          return [
            {
              key: row.drawClass,
              name: row.drawClass,
              cells: [
                count(row.population),
                <Change key="ratio" from={formatRatio(row.ratioPpm)} to={formatRatio(now.ratioPpm)} />,
                <Change key="cap" from={cap(row.cap)} to={cap(now.cap)} />,
                <Change key="atCap" from={count(row.atCap)} to={count(now.atCap)} />,
                <Change key="sample" from={count(row.sample)} to={count(now.sample)} />,
                <Change key="visits" from={row.visits} to={now.visits} />,
              ],
            },
          ];
        })}
      />
      <p className="muted small">{t('policy.atCapWhy')}</p>
      {outcomes.before.departments.length > 0 && (
        <Numbers
          heads={[t('policy.department'), t('policy.workload')]}
          rows={outcomes.before.departments.map(({ department, visits }, at) => ({
            key: department.code,
            name: department.name,
            cells: [<Change key="visits" from={visits} to={visitsIn(outcomes.after.departments, at)} />],
          }))}
        />
      )}
      <Numbers
        heads={[t('policy.region'), t('policy.county2')]}
        rows={outcomes.before.regions.map(({ region, visits }) => ({
          key: region.code,
          name: region.name,
          cells: [
            <Change
              key="visits"
              from={visits}
              to={outcomes.after.regions.find((one) => one.region.code === region.code)?.visits ?? 0}
            />,
          ],
        }))}
      />
    </section>
  );
}

/** One number where both agree. */
function Change({ from, to }: { from: ReactNode; to: ReactNode }) {
  if (from === to) return <>{from}</>;
  return (
    <>
      {from} → <strong>{to}</strong>
    </>
  );
}
