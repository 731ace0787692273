import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { CeremonyRecord, WatchedCeremony } from '../api/types';
import { contributorName } from '../lib/contributor-name';
import { formatInstant, formatSecond } from '../lib/format';
import { useTitle } from '../lib/use-title';
import { AmendedNote } from './amended-note';
import '../components/a4-sheet.css';
import { FileLinks } from '../components/documents/file-links';
import { FactRows } from '../components/fact-rows';
import { MinutesCourse } from './ceremony-minutes-course';
import { MinutesOutcome, MinutesStrata, MinutesWitnesses } from './ceremony-minutes-outcome';
import { Failure, Loading } from '../components/open-parts';

/** A ceremony as a document: A4, to be printed and signed. */
export function CeremonyMinutes() {
  const { t } = useTranslation();
  const { code = '', number = '' } = useParams();
  const query = useQuery({
    queryKey: ['ceremony-record', code, number],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/public/campaigns/{code}/ceremonies/{number}', {
          params: { path: { code, number: Number(number) } },
        }),
      ),
  });
  useTitle(query.data && `${t('minutes.title')} ${query.data.campaign.code}`);
  const record = query.data;
  if (!record?.ceremony) {
    return (
      <main className="page">
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </main>
    );
  }
  return (
    <>
      <p className="minutes-bar">
        <Link to={`/public/${code}/ceremony`}>← {t('minutes.back')}</Link>
        <span className="head-links">
          <FileLinks
            href={`/api/v1/public/campaigns/${code}/ceremonies/${number}/minutes`}
            name={t('minutes.title')}
          />
          <button type="button" className="button" onClick={() => window.print()}>
            {t('minutes.print')}
          </button>
        </span>
      </p>
      <Document record={record} ceremony={record.ceremony} />
    </>
  );
}

interface Props {
  record: CeremonyRecord;
  ceremony: WatchedCeremony;
}

function Document({ record, ceremony }: Props) {
  const { t } = useTranslation();
  const isVoid = ceremony.phase === 'void';
  return (
    <main id="content" className="minutes">
      <h1>{t('minutes.title')}</h1>
      <h2>{t('minutes.facts')}</h2>
      <FactsTable record={record} ceremony={ceremony} />
      <h2>{t('minutes.steps')}</h2>
      <MinutesCourse ceremony={ceremony} />
      <h2>{t('minutes.values')}</h2>
      <Values ceremony={ceremony} />
      {isVoid ? (
        <>
          <h2>{t('minutes.voidTitle')}</h2>
          <p className="minutes-void">
            {t(ceremony.withheld.length > 0 ? 'minutes.voidText' : 'minutes.voidOtherwise', {
              reason: ceremony.voidReason ?? '',
              at: ceremony.endedAt ? formatInstant(ceremony.endedAt) : '',
            })}
          </p>
        </>
      ) : (
        <>
          <h2>{t('minutes.strata')}</h2>
          <MinutesStrata ceremony={ceremony} />
        </>
      )}
      {ceremony.phase === 'drawn' && (
        <>
          <h2>{t('minutes.result')}</h2>
          <AmendedNote code={record.campaign.code} ceremony={ceremony} />
          <MinutesOutcome ceremony={ceremony} />
        </>
      )}
      <MinutesWitnesses ceremony={ceremony} />
      <p className="minutes-foot">{t('minutes.foot', { url: record.publicUrl })}</p>
    </main>
  );
}

function FactsTable({ record: { campaign }, ceremony }: Props) {
  const { t } = useTranslation();
  const rows: [string, string][] = [
    [t('minutes.campaign'), campaign.name],
    [t('minutes.code'), `${campaign.code}，${t('minutes.numberText', { number: ceremony.number })}`],
    [t('minutes.lead'), campaign.leadDepartment],
    [
      t('minutes.departments'),
      ceremony.teams.map((team) => t('minutes.teamSize', { name: team.name, n: team.size })).join('、'),
    ],
    [t('minutes.regions'), campaign.regions.join('、')],
    [t('minutes.period'), `${campaign.visitFrom} — ${campaign.visitTo}`],
    [t('minutes.mode'), t(`modes.${ceremony.mode}`)],
    [t('minutes.population'), t('minutes.populationText', ceremony)],
    [t('minutes.outcome'), t(`minutes.outcomes.${ceremony.phase}`)],
  ];
  return (
    <table className="minutes-facts">
      <tbody>
        <FactRows rows={rows} />
        <tr>
          <th scope="row">{t('minutes.commitment')}</th>
          <td className="mono">{ceremony.commitment}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Values({ ceremony }: { ceremony: WatchedCeremony }) {
  const { t } = useTranslation();
  const departments = ceremony.contributions.filter((one) => one.name !== null);
  return (
    <>
      <table>
        <thead>
          <tr>
            <th>{t('minutes.department')}</th>
            <th>
              {t('minutes.seal')} / {t('minutes.value')}
            </th>
          </tr>
        </thead>
        <tbody>
          {departments.map((one) => (
            <tr key={one.contributor}>
              <td>{one.name}</td>
              <td>
                <div className="mono">{one.seal ?? t('minutes.none')}</div>
                <div className="mono minutes-strong">{one.value ?? t('minutes.none')}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ceremony.publicValues.length === 0 && <p>{t('minutes.withoutPublic')}</p>}
      {ceremony.publicValues.map((source) => (
        <PublicValue key={source.contributor} source={source} ceremony={ceremony} />
      ))}
      {ceremony.seed !== null && (
        <p>
          <strong>{t('minutes.seed')}</strong> <span className="mono">{ceremony.seed}</span>
        </p>
      )}
    </>
  );
}

function PublicValue({
  source: { contributor, rounds },
  ceremony,
}: {
  source: WatchedCeremony['publicValues'][number];
  ceremony: WatchedCeremony;
}) {
  const { t } = useTranslation();
  const recorded = ceremony.contributions.find((one) => one.contributor === contributor);
  return (
    <div className="minutes-block">
      <p>
        <strong>{t('minutes.publicValue', { name: contributorName(contributor, undefined, t) })}</strong>{' '}
        <span className="mono minutes-strong">{recorded?.value ?? t('minutes.none')}</span>
        {recorded?.revealedAt && `（${formatSecond(recorded.revealedAt)}）`}
      </p>
      {recorded?.source && <p>{t('minutes.source', { text: recorded.source })}</p>}
      <ul>
        {rounds.map((round) => (
          <li key={round.round}>
            {t('minutes.roundLine', {
              round: round.round,
              outcome: t(`minutes.roundOutcome.${round.outcome}`),
            })}
            {round.entries
              .map((entry) =>
                t('minutes.entryLine', {
                  department: entry.department,
                  role: t(`roles.${entry.role}`),
                  value: entry.value ?? '…',
                }),
              )
              .join('；')}
          </li>
        ))}
      </ul>
    </div>
  );
}
