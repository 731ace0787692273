import { Card } from 'antd';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '../../api/types';
import { useDepartmentName, useTagLabel } from '../../lib/use-organisation';

/** Why an entity has its class and its tags, and is in these registries. */
export function EntityOrigins({ record }: { record: EntityRecord }) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName();
  const tagLabel = useTagLabel();
  const { year, visits, cap } = record.visitsOfYear;
  const letter = record.entity?.drawClass;
  return (
    <div className="stack">
      <Card title={t('registry.whyClass')}>
        {record.classReasons.length === 0 ? (
          <p>{t('registry.classUnmoved')}</p>
        ) : (
          <ol className="question-list">
            {record.classReasons.map(({ because, to }) => (
              <li key={because}>
                {t('registry.classStep', { because: t(`registry.flags.${because}`), to })}
              </li>
            ))}
          </ol>
        )}
      </Card>
      <Card title={t('registry.yearTitle', { year })}>
        <p>
          {cap === null
            ? t('registry.yearUncapped', { visits, letter })
            : t('registry.yearCapped', { visits, letter, cap })}
        </p>
      </Card>
      <Card title={t('registry.tagsTitle')}>
        {record.tags.length === 0 && <p className="muted">{t('registry.noTags')}</p>}
        <ul className="row-list">
          {record.tags.map(({ tag, label, words }) => (
            <li key={tag}>
              <strong>{label}</strong>
              <div className="small muted">
                {words.length > 0
                  ? t('registry.byWords', { words: words.join('、') })
                  : t('registry.byImport')}
              </div>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('registry.registriesTitle')}>
        {record.registries.length === 0 && <p className="muted">{t('registry.noRegistry')}</p>}
        <ul className="row-list">
          {record.registries.map(({ department, because, tags }) => (
            <li key={department}>
              <strong>{departmentName(department)}</strong>
              <div className="small muted">
                {because === 'listed' && t('registry.byListing')}
                {because === 'tag' &&
                  (tags.length > 0
                    ? t('registry.byTag', { tags: tags.map(tagLabel).join('、') })
                    : t('registry.byEverybody'))}
              </div>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}
