import { Alert, Statistic } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Campaign, SimulationResult } from '../../api/types';
import type { simulation as zh } from '../../i18n/zh/simulation';
import { formatRatio } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { useStratumName } from '../../lib/use-stratum-name';
import { PlainBars } from '../plain-bars';

type Spread = SimulationResult['visits'];

interface Props {
  campaign: Campaign;
  result: SimulationResult;
}

/** What the runs showed. Numbers only; the watermark lies over all of them. */
export function SimulationResults({ campaign, result }: Props) {
  const { t } = useTranslation();
  return (
    <div className="simulated stack">
      <div className="figures">
        <Statistic title={t('simulation.population')} value={result.population} />
        <Figure title={t('simulation.visits')} of={result.visits} />
        <Figure title={t('simulation.apart')} of={result.visitsApart} />
        <Figure title={t('simulation.saved')} of={result.saved} className="figure-good" />
        <Statistic title={t('simulation.personDays')} value={result.personDays} />
        <Statistic title={t('simulation.capped')} value={result.capped} />
      </div>
      <p className="muted small">{t('simulation.savedWhy')}</p>
      <Gaps campaign={campaign} result={result} />
      <section>
        <h3>{t('simulation.byDepartment')}</h3>
        <PlainBars
          rows={result.departments.map((one) => ({
            name: departmentName(campaign, one.code),
            text: `${one.personVisits.average} / ${one.capacity ?? t('simulation.noLimit')}`,
            parts: [
              {
                label: t('simulation.personVisits'),
                value: Math.max(0, one.personVisits.average - one.unfilled.average),
                className: 'bar-open',
              },
              { label: t('simulation.unfilled'), value: one.unfilled.average, className: 'bar-overdue' },
              {
                label: t('simulation.capacity'),
                value: Math.max(0, (one.capacity ?? 0) - one.personVisits.average),
                className: 'bar-room',
              },
            ],
          }))}
        />
        <Departments campaign={campaign} result={result} />
      </section>
      <section>
        <h3>{t('simulation.byItem')}</h3>
        <Lines campaign={campaign} result={result} />
      </section>
      <details>
        <summary>{t('simulation.byClass')}</summary>
        <Classes campaign={campaign} result={result} />
      </details>
      {result.matchedRuns < result.runs && (
        <p className="muted small">{t('simulation.matched', { n: result.matchedRuns })}</p>
      )}
    </div>
  );
}

function Figure({ title, of, className }: { title: string; of: Spread; className?: string }) {
  const range = of.min === of.max ? null : <span className="range">{rangeOf(of)}</span>;
  return <Statistic title={title} value={of.average} suffix={range} {...(className ? { className } : {})} />;
}

function Gaps({ campaign, result }: Props) {
  const { t } = useTranslation();
  if (result.starving.length === 0) return null;
  const all = result.departments.reduce((sum, one) => sum + one.unfilled.average, 0);
  return (
    <Alert
      type="warning"
      showIcon
      title={t('simulation.gaps', { n: Math.round(all * 10) / 10 })}
      description={
        <ul className="plain-list">
          {result.starving.map((one) => (
            <li key={`${one.department}/${one.rule}`}>
              {t('simulation.gap', {
                department: departmentName(campaign, one.department),
                rule: one.label,
                n: around(one.missing),
              })}
            </li>
          ))}
        </ul>
      }
    />
  );
}

function Departments({ campaign, result }: Props) {
  const { t } = useTranslation();
  return (
    <Numbers
      head={[
        'department',
        'departmentVisits',
        'apart',
        'personVisits',
        'personDays',
        'inspectors',
        'capacity',
        'largest',
        'unfilled',
      ]}
    >
      {result.departments.map((one) => (
        <tr key={one.code}>
          <th scope="row">{departmentName(campaign, one.code)}</th>
          <td>
            <Around of={one.visits} />
          </td>
          <td>
            <Around of={one.visitsApart} />
          </td>
          <td>
            <Around of={one.personVisits} />
          </td>
          <td>{one.personDays}</td>
          <td>{one.inspectors}</td>
          <td>{one.capacity ?? t('simulation.noLimit')}</td>
          <td>
            <Around of={one.largestWorkload} />
          </td>
          <td className={one.unfilled.max > 0 ? 'bad' : undefined}>
            <Around of={one.unfilled} />
          </td>
        </tr>
      ))}
    </Numbers>
  );
}

function Lines({ campaign, result }: Props) {
  const { t } = useTranslation();
  const { full } = useStratumName();
  const nameOf = (item: string) => campaign.items.find((one) => one.code === item)?.name ?? item;
  return (
    <Numbers head={['item', 'population', 'ratio', 'sample', 'expected', 'range']}>
      {result.lines.map((line) => {
        const isWhole = line.item === '*';
        return (
          <tr key={`${line.stratum}/${line.item}`} className={isWhole ? 'whole' : 'part'}>
            <th scope="row">
              {isWhole ? `${full(line.stratum)} · ${t('simulation.allItems')}` : nameOf(line.item)}
            </th>
            <td>{line.population}</td>
            <td>{line.ratioPpm === null ? t('simulation.none') : formatRatio(line.ratioPpm)}</td>
            <td>{line.sample ?? t('simulation.none')}</td>
            <td>{line.expected}</td>
            <td>{line.min === line.max ? line.min : rangeOf(line)}</td>
          </tr>
        );
      })}
    </Numbers>
  );
}

function Classes({ campaign, result }: Props) {
  const { t } = useTranslation();
  const regions = useRegions();
  const regionName = (code: string) => regions.data?.find((one) => one.code === code)?.name ?? code;
  return (
    <Numbers head={['department', 'regions', 'qualifications', 'inspectors', 'capacity', 'assigned']}>
      {result.classes.map((one) => (
        <tr key={[one.department, ...one.regions, '', ...one.qualifications].join('/')}>
          <th scope="row">{departmentName(campaign, one.department)}</th>
          <td className="words">{one.regions.map(regionName).join('、') || t('simulation.wholeArea')}</td>
          <td className="words">{one.qualifications.join('、') || t('simulation.none')}</td>
          <td>{one.inspectors}</td>
          <td>{one.capacity ?? t('simulation.noLimit')}</td>
          <td className={one.capacity !== null && one.personVisits.max >= one.capacity ? 'bad' : undefined}>
            <Around of={one.personVisits} />
          </td>
        </tr>
      ))}
    </Numbers>
  );
}

type Column = keyof typeof zh.simulation;

function Numbers({ head, children }: { head: readonly Column[]; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            {head.map((key) => (
              <th key={key} scope="col" className={WORDS.has(key) ? 'words' : undefined}>
                {t(`simulation.${key}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}

const WORDS: ReadonlySet<Column> = new Set(['regions', 'qualifications']);

function Around({ of }: { of: Spread }) {
  return (
    <>
      {of.average}
      {of.min !== of.max && <span className="range">{rangeOf(of)}</span>}
    </>
  );
}

const departmentName = (campaign: Campaign, code: string): string =>
  campaign.departments.find((one) => one.code === code)?.name ?? code;

const rangeOf = ({ min, max }: Pick<Spread, 'min' | 'max'>): string => `${min}–${max}`;

/** The average with what the runs lay between; one number where they agree. */
const around = (of: Spread): string =>
  of.min === of.max ? String(of.average) : `${of.average}（${rangeOf(of)}）`;
