import { useTranslation } from 'react-i18next';
import type { WatchedCeremony } from '../api/types';
import { contributorName } from '../lib/contributor-name';
import { formatTime } from '../lib/format';
import { Dice } from './dice';
import { useServerTime } from './use-ceremony';

/** Who has sealed, revealed, recorded, and who has not; what just came in stands out for a moment. */
export function Contributors({ ceremony }: { ceremony: WatchedCeremony }) {
  const { t } = useTranslation();
  const isSealing = ceremony.phase === 'sealing' || ceremony.contributions.some(isUnsealed);
  return (
    <ul className="wall-contributors">
      {ceremony.contributions.map((one) => {
        const isPublic = one.name === null;
        const isDone = isPublic || !isSealing ? one.value !== null : one.seal !== null;
        const at = isPublic || !isSealing ? one.revealedAt : one.sealedAt;
        const step = isPublic ? 'record' : isSealing ? 'seal' : 'reveal';
        const isWithheld = ceremony.withheld.some((code) => code.code === one.contributor);
        // The public value comes last: before that nobody owes it.
        const isLater = isPublic && !isDone && IS_BEFORE_PUBLIC.includes(ceremony.phase);
        const state = isDone
          ? 'done'
          : isWithheld
            ? 'withheld'
            : ceremony.phase === 'void'
              ? 'missing'
              : isLater
                ? 'later'
                : 'awaited';
        return (
          // Another key plays the arrival once.
          <li key={`${one.contributor}/${isSealing}/${isDone}`} className={`is-${state}`}>
            <strong>{one.name ?? contributorName(one.contributor, undefined, t)}</strong>
            <span className="wall-mark">
              {isDone ? '✓ ' : ''}
              {t(state === 'later' ? 'wall.list.later' : `wall.list.${step}.${state}`)}
              {isDone && at && <time dateTime={at}> {formatTime(at)}</time>}
            </span>
            {one.value !== null ? (
              one.contributor === 'public:dice' ? (
                <Dice value={one.value} />
              ) : (
                <span className="mono wall-value">{one.value}</span>
              )
            ) : (
              one.seal !== null && (
                <span className="mono wall-seal" title={one.seal}>
                  {t('wall.list.sealText', { text: `${one.seal.slice(0, 16)}…` })}
                </span>
              )
            )}
          </li>
        );
      })}
    </ul>
  );
}

const IS_BEFORE_PUBLIC = ['sealing', 'revealing'];

const isUnsealed = (one: WatchedCeremony['contributions'][number]) => one.name !== null && one.seal === null;

/** Counts down to the deadline by the server's clock. */
export function WallClock({ deadline, behind }: { deadline: string; behind: number }) {
  const { t } = useTranslation();
  const left = Math.floor((Date.parse(deadline) - useServerTime(behind)) / 1000);
  if (left <= 0) return <p className="wall-clock">{t('wall.deadlineOver')}</p>;
  const days = Math.floor(left / 86_400);
  const clock = [Math.floor(left / 3600) % 24, Math.floor(left / 60) % 60, left % 60]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
  return (
    <p className="wall-clock" role="timer" aria-live="off">
      {t('wall.deadline')}
      <span className="wall-digits">
        {days > 0 && t('wall.deadlineDays', { n: days })}
        {clock}
      </span>
    </p>
  );
}
