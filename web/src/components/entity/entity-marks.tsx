import { Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Entity } from '../../api/types';
import { useTagLabel } from '../../lib/use-organisation';

type Marked = Pick<Entity, 'tags' | 'flags' | 'complaints' | 'drawClass' | 'status'>;

/** What an entity is, at a glance: status, class, flags, tags. */
export function EntityMarks({ entity }: { entity: Marked }) {
  const { t } = useTranslation();
  const labelOf = useTagLabel();
  return (
    <div className="tags">
      <Tag color={entity.status === 'active' ? 'green' : 'default'}>
        {t(`registry.statuses.${entity.status}`)}
      </Tag>
      <Tag color={entity.drawClass === 'D' ? 'red' : entity.drawClass === 'C' ? 'gold' : 'blue'}>
        {t('registry.classShort', { letter: entity.drawClass })}
      </Tag>
      {entity.flags.map((flag) => (
        <Tag key={flag} color={flag === 'good-credit' ? 'green' : 'red'}>
          {t(`registry.flags.${flag}`)}
        </Tag>
      ))}
      {entity.complaints > 0 && (
        <Tag color="gold">{t('registry.complaintsOf', { count: entity.complaints })}</Tag>
      )}
      {entity.tags.map((tag) => (
        <Tag key={tag}>{labelOf(tag)}</Tag>
      ))}
    </div>
  );
}
