import { useTranslation } from 'react-i18next';
import type { WatchedCeremony } from '../api/types';
import { contributorName } from '../lib/contributor-name';
import { formatTime } from '../lib/format';
import { Dice } from './dice';

type Round = WatchedCeremony['publicValues'][number]['rounds'][number];

const PLACES = ['first', 'second'] as const;

/** The public value on its way: two persons, and what they entered once both have. */
export function WallPublicValue({ ceremony }: { ceremony: WatchedCeremony }) {
  const { t } = useTranslation();
  return ceremony.publicValues.map(({ contributor, rounds }) => {
    const last = rounds.at(-1);
    const open: Round =
      last && last.outcome !== 'differing'
        ? last
        : { round: (last?.round ?? 0) + 1, outcome: 'pending', entries: [] };
    return (
      <section className="wall-panel wall-now" key={contributor}>
        <h2>{t('wall.publicValue.title', { name: contributorName(contributor, undefined, t) })}</h2>
        <p>{t('wall.publicValue.text')}</p>
        {contributor === 'public:dice' && <p className="wall-hint">{t('wall.publicValue.diceHint')}</p>}
        <Entries contributor={contributor} round={open} />
        {open.outcome === 'agreed' && <p className="wall-agreed">✓ {t('wall.publicValue.agreed')}</p>}
        {rounds
          .filter((round) => round.outcome === 'differing')
          .reverse()
          .map((round) => (
            <div className="wall-differing" key={round.round}>
              <p>{t('wall.publicValue.differing', { round: round.round })}</p>
              <Entries contributor={contributor} round={round} />
            </div>
          ))}
      </section>
    );
  });
}

function Entries({ contributor, round }: { contributor: string; round: Round }) {
  const { t } = useTranslation();
  return (
    <div className="wall-entries">
      {PLACES.map((place, at) => {
        const entry = round.entries[at];
        const other = round.entries[1 - at];
        return (
          <div key={`${place}/${entry !== undefined}`} className={entry ? 'is-done' : undefined}>
            <strong>{t(`wall.publicValue.${place}`)}</strong>
            {entry ? (
              <>
                <span>
                  {t('wall.publicValue.by', {
                    department: entry.department,
                    role: t(`roles.${entry.role}`),
                  })}{' '}
                  <time dateTime={entry.at}>{formatTime(entry.at)}</time>
                </span>
                {entry.value === null ? (
                  <span>✓ {t('wall.publicValue.hidden')}</span>
                ) : contributor === 'public:dice' ? (
                  <Dice value={entry.value} against={other?.value ?? undefined} />
                ) : (
                  <span className="mono wall-value">
                    {entry.value}
                    {entry.number !== null &&
                      ` · ${t('wall.publicValue.drawing', { number: entry.number, on: entry.on ?? '' })}`}
                  </span>
                )}
              </>
            ) : (
              <span className="wall-awaited">{t('wall.publicValue.awaited')}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
