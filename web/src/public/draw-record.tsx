import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { PublicCampaignDetail } from '../api/types';
import { readRecord, type Place, type Replacement, type Supplement } from '../lib/draw-record';
import { formatInstant, formatRatio } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { useStratumName } from '../lib/use-stratum-name';
import { Failure, Loading, Panel } from '../components/open-parts';

interface Props {
  campaign: PublicCampaignDetail;
  bundleSha256: string;
}

/** What was changed after the draw, in words; that nothing was taken away since is checked here and now. */
export function DrawRecordPanel({ campaign, bundleSha256 }: Props) {
  const { t } = useTranslation();
  const { code } = campaign;
  const query = useQuery({
    queryKey: ['draw-record', code, bundleSha256],
    queryFn: async () => {
      const params = { path: { code } };
      const text = await answerOf<string | undefined>(
        api.GET('/api/v1/public/campaigns/{code}/record.jsonl', { params, parseAs: 'text' }),
      );
      // An empty body comes as nothing at all, whatever the type says.
      return readRecord(text ?? '', bundleSha256);
    },
    refetchInterval: 20_000,
  });
  const record = query.data;
  const isRead = record !== undefined;
  // Whoever followed a link to this place came before there was anything to scroll to.
  useEffect(() => {
    if (isRead && location.hash === '#record') document.getElementById('record')?.scrollIntoView();
  }, [isRead]);
  return (
    <Panel title={t('record.title')} id="record">
      <p>{t('record.what')}</p>
      {!record && query.isPending && <Loading />}
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {record?.entries.length === 0 && <p className="muted">{t('record.none')}</p>}
      {record && record.entries.length > 0 && (
        <>
          <ol className="row-list">
            {record.entries.map((entry) => (
              <li key={entry.seq}>
                <div className="row-head">
                  <strong>
                    {t('record.entry', { seq: entry.seq, kind: t(`amendments.kinds.${entry.kind}`) })}
                  </strong>
                  <span className="muted small">{formatInstant(entry.at)}</span>
                </div>
                {entry.kind === 'replacement' ? (
                  <ReplacementText entry={entry} />
                ) : (
                  <SupplementText entry={entry} campaign={campaign} />
                )}
              </li>
            ))}
          </ol>
          <p className={record.holds ? 'good small' : 'bad'}>
            {record.holds ? t('record.chainGood', { n: record.entries.length }) : t('record.chainBad')}
          </p>
        </>
      )}
      <p className="small">
        <a href={`/api/v1/public/campaigns/${encodeURIComponent(code)}/record.jsonl`} download>
          {t('record.download')}
        </a>{' '}
        <span className="muted">{t('record.form')}</span>
      </p>
    </Panel>
  );
}

function ReplacementText({ entry }: { entry: Replacement }) {
  const { t } = useTranslation();
  return (
    <>
      <div>{t('record.reason', { reason: entry.reason })}</div>
      <div>
        {t(entry.scope === 'all' ? 'record.inspectorAll' : 'record.inspectorSome', {
          inspector: entry.inspector,
        })}
      </div>
      <Places places={entry.changes} leaving={entry.inspector} />
    </>
  );
}

function SupplementText({ entry, campaign }: { entry: Supplement; campaign: PublicCampaignDetail }) {
  const { t } = useTranslation();
  const { full } = useStratumName();
  const departments = useDepartmentName();
  const itemName = (code: string) => campaign.items.find((item) => item.code === code)?.name ?? code;
  const text = entry.strata
    .map(({ item, stratum: code, ratio_ppm, sample }) => {
      const stratum = t('record.stratum', { name: full(code), ratio: formatRatio(ratio_ppm), n: sample });
      return item === '*' ? stratum : `${itemName(item)} ${stratum}`;
    })
    .join('、');
  return (
    <>
      <div>{t('record.reason', { reason: entry.reason })}</div>
      <div>{t('record.strata', { text })}</div>
      <details>
        <summary>{t('record.visits', { n: entry.visits.length })}</summary>
        <table className="cards">
          <thead>
            <tr>
              <th>{t('record.visit')}</th>
              <th>{t('record.code')}</th>
              <th>{t('record.items')}</th>
              <th>{t('record.assigned')}</th>
            </tr>
          </thead>
          <tbody>
            {entry.visits.map(({ visit, code, items }) => (
              <tr key={visit}>
                <td data-label={t('record.visit')}>{visit}</td>
                <td data-label={t('record.code')} className="mono">
                  {code}
                </td>
                <td data-label={t('record.items')}>{items.map(itemName).join('、')}</td>
                <td data-label={t('record.assigned')}>
                  {entry.assignments
                    .filter((one) => one.visit === visit)
                    .map((one) => (
                      <div key={`${one.department}/${one.inspector}`}>
                        <span className="muted">{departments(one.department)}</span> {one.inspector}
                      </div>
                    ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      {entry.changes.length > 0 && <Places places={entry.changes} />}
    </>
  );
}

function Places({ places, leaving }: { places: readonly Place[]; leaving?: string }) {
  const { t } = useTranslation();
  const departments = useDepartmentName();
  return (
    <details open={places.length <= 10}>
      <summary>{t('record.changes', { n: places.length })}</summary>
      <table className="cards">
        <thead>
          <tr>
            <th>{t('record.visit')}</th>
            <th>{t('record.department')}</th>
            <th>{t('record.leaving')}</th>
            <th>{t('record.by')}</th>
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={`${place.visit}/${place.department}/${place.inspector ?? ''}`}>
              <td data-label={t('record.visit')}>{place.visit}</td>
              <td data-label={t('record.department')}>{departments(place.department)}</td>
              <td data-label={t('record.leaving')}>{place.inspector ?? leaving}</td>
              <td data-label={t('record.by')}>
                {place.by ?? <span className="bad">{t('record.nobody')}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function useDepartmentName(): (code: string) => string {
  const { data } = useDepartments();
  return (code) => data?.find((one) => one.code === code)?.shortName ?? code;
}
