import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../api/client';
import type { WatchedCeremony } from '../api/types';
import { AmendedNote } from './amended-note';
import { Failure, Loading } from '../components/open-parts';

/** More rows than a hall can follow are on the public page, with a search. */
const MOST_ROWS = 600;
const PAGE = 200;
/** The whole list comes in within this, however long it is; a short one at an easy pace. */
const WHOLE_MS = 40_000;
const ROW_MS = 500;
/** Whoever opens the page later than this after the draw finds the list complete. */
const FRESH_MS = 10 * 60_000;

interface Props {
  code: string;
  ceremony: WatchedCeremony;
  behind: number;
}

/** Who was drawn, coming in by ticket order, then who goes there. */
export function WallDrawn({ code, ceremony, behind }: Props) {
  const { t } = useTranslation();
  const rows = useDrawn(code, ceremony.number);
  const unfilled = ceremony.unfilled.reduce((sum, one) => sum + one.missing, 0);
  return (
    <section className="wall-panel wall-now">
      <div className="wall-now-head">
        <h2>{t('wall.drawn.title')}</h2>
        <dl className="wall-tiles">
          <div>
            <dt>{t('wall.drawn.visits')}</dt>
            <dd>{t('wall.households', { n: ceremony.visits.toLocaleString('zh-CN') })}</dd>
          </div>
          <div className={unfilled > 0 ? 'is-bad' : undefined}>
            <dt>{t('wall.drawn.unfilled')}</dt>
            <dd>{t('wall.drawn.unfilledUnit', { n: unfilled })}</dd>
          </div>
        </dl>
      </div>
      <dl className="wall-hashes">
        <div>
          <dt>{t('wall.drawn.seed')}</dt>
          <dd className="mono">{ceremony.seed}</dd>
        </div>
        <div>
          <dt>{t('wall.drawn.bundle')}</dt>
          <dd className="mono">{ceremony.bundleSha256}</dd>
        </div>
      </dl>
      <AmendedNote code={code} ceremony={ceremony} />
      {rows.data ? (
        <DrawnList code={code} ceremony={ceremony} rows={rows.data} behind={behind} />
      ) : rows.error ? (
        <Failure error={rows.error} onRetry={() => void rows.refetch()} />
      ) : (
        <Loading />
      )}
    </section>
  );
}

function useDrawn(code: string, number: number) {
  return useQuery({
    queryKey: ['ceremony-visits', code, number],
    staleTime: Infinity,
    networkMode: 'always',
    queryFn: async () => {
      const rows = [];
      let cursor: string | undefined;
      do {
        const page: Awaited<ReturnType<typeof drawnPage>> = await drawnPage(code, cursor);
        rows.push(...page.rows);
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && rows.length < MOST_ROWS);
      return rows;
    },
  });
}

const drawnPage = (code: string, cursor: string | undefined) =>
  answerOf(
    api.GET('/api/v1/public/campaigns/{code}/visits', {
      params: { path: { code }, query: { cursor, limit: PAGE } },
    }),
  );

type Rows = Awaited<ReturnType<typeof drawnPage>>['rows'];

function DrawnList({ code, ceremony, rows, behind }: Props & { rows: Rows }) {
  const { t } = useTranslation();
  const { shown, matched, isPlaying, showAll, replay } = usePlay(
    rows.length,
    () => !import.meta.env.SSR && isFresh(ceremony.endedAt, behind),
  );
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!box.current) return;
    if (!isPlaying) {
      box.current.scrollTop = 0;
      return;
    }
    const last = box.current.querySelectorAll('tbody tr')[(shown < rows.length ? shown : matched) - 1];
    // The box alone is scrolled: on a phone the page stays where its reader is.
    if (last instanceof HTMLElement) {
      box.current.scrollTop = last.offsetTop + last.offsetHeight - box.current.clientHeight;
    }
  }, [isPlaying, shown, matched, rows.length]);
  return (
    <>
      <div className="wall-list-head">
        <h3>
          {t('wall.drawn.list')}
          <span className="wall-muted">
            {' '}
            {shown < rows.length
              ? t('wall.drawn.drawing')
              : t(matched < rows.length ? 'wall.drawn.matching' : 'wall.drawn.matched')}
          </span>
        </h3>
        <button type="button" className="plain-button" onClick={isPlaying ? showAll : replay}>
          {t(isPlaying ? 'wall.drawn.showAll' : 'wall.drawn.replay')}
        </button>
      </div>
      <div className="wall-list" ref={box} tabIndex={0} role="region" aria-label={t('wall.drawn.list')}>
        <table>
          <thead>
            <tr>
              <th>{t('wall.drawn.number')}</th>
              <th>{t('wall.drawn.entity')}</th>
              <th>{t('wall.drawn.ticket')}</th>
              <th>{t('wall.drawn.teams')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row, at) => (
              <tr key={row.number}>
                <td className="wall-no">{row.number}</td>
                <td>
                  {row.entityName} <span className="mono wall-muted">{row.creditCode}</span>
                </td>
                <td className="mono" title={row.ticket}>
                  {row.ticket.slice(0, 12)}…
                </td>
                <td>{at < matched && <Teams teams={row.teams} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ceremony.visits > rows.length && !isPlaying && (
        <p className="wall-muted">
          {t('wall.drawn.rest', { shown: rows.length, all: ceremony.visits })}{' '}
          <Link to={`/public/${code}`}>{t('wall.openPublic')}</Link>
        </p>
      )}
    </>
  );
}

function Teams({ teams }: { teams: Rows[number]['teams'] }) {
  const { t } = useTranslation();
  return (
    <ul className="wall-teams">
      {teams.map((team) => (
        <li key={team.department}>
          {team.name} <span className="mono">{team.inspectors.join('、')}</span>
          {team.missing > 0 && <span className="bad"> {t('wall.drawn.missing', { n: team.missing })}</span>}
        </li>
      ))}
    </ul>
  );
}

const isFresh = (endedAt: string | null, behind: number): boolean =>
  endedAt !== null &&
  Date.now() + behind - Date.parse(endedAt) < FRESH_MS &&
  !matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Rows come in one after the other, then their teams; or all at once. */
function usePlay(count: number, playsAtFirst: () => boolean) {
  const [step, setStep] = useState(() => (playsAtFirst() ? 0 : 2 * count));
  const isPlaying = step < 2 * count;
  useEffect(() => {
    if (!isPlaying) return;
    const pace = Math.min(ROW_MS, WHOLE_MS / (2 * count));
    // A screen shows no more than some twenty changes a second.
    const tick = Math.max(pace, 50);
    const timer = setInterval(() => setStep((at) => Math.min(2 * count, at + Math.round(tick / pace))), tick);
    return () => clearInterval(timer);
  }, [isPlaying, count]);
  return {
    shown: Math.min(step, count),
    matched: Math.max(0, step - count),
    isPlaying,
    showAll: () => setStep(2 * count),
    replay: () => setStep(0),
  };
}
