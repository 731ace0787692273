import { Button, Card, Empty, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { RegionMove } from '../../api/types';
import { formatInstant } from '../../lib/format';

interface Props {
  moves: RegionMove[];
  onAdd: () => void;
  onCorrect: (move: RegionMove) => void;
  onRemove: (oldCode: string) => void;
}

/** Codes that the state replaced, and what imports read them as. */
export function MovesCard({ moves, onAdd, onCorrect, onRemove }: Props) {
  const { t } = useTranslation();
  return (
    <Card
      title={t('regionCode.moves')}
      className="gap-below"
      extra={<Button onClick={onAdd}>{t('regionCode.addMove')}</Button>}
    >
      <p className="muted">{t('regionCode.movesLead')}</p>
      {moves.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('regionCode.noMoves')} />
      ) : (
        <ul className="row-list">
          {moves.map((move) => (
            <li key={move.oldCode}>
              <div className="row-head">
                <span>
                  <span className="mono">{move.oldCode}</span> →{' '}
                  <strong className="mono">{move.newCode}</strong>
                  {move.newName !== move.newCode && ` ${move.newName}`}
                </span>
                <Space wrap>
                  <Button
                    size="small"
                    onClick={() => onCorrect(move)}
                    aria-label={`${t('regionCode.correct')} ${move.oldCode}`}
                  >
                    {t('regionCode.correct')}
                  </Button>
                  {move.used === 0 && (
                    <Button
                      size="small"
                      danger
                      onClick={() => onRemove(move.oldCode)}
                      aria-label={`${t('regionCode.remove')} ${move.oldCode}`}
                    >
                      {t('regionCode.remove')}
                    </Button>
                  )}
                </Space>
              </div>
              <div className="small">
                {move.since !== null && `${t('regionCode.from', { day: move.since })} · `}
                {t('regionCode.used', { n: move.used })}
                {move.entitiesLeft > 0 && ` · ${t('regionCode.left', { n: move.entitiesLeft })}`}
              </div>
              <div className="muted small">
                {move.by === null
                  ? t('regionCode.initial')
                  : t('imports.by', { name: move.by, at: formatInstant(move.at) })}
                ：{move.reason}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
