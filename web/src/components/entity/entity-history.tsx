import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { EntityRecord } from '../../api/types';
import { useDepartmentName, useRegionName, useTagLabel } from '../../lib/use-organisation';
import { Instant } from '../instant';

type Change = EntityRecord['changes'][number];
type Field = Change['fields'][number]['field'];

/** What became of an entity, the newest first: what changed, when, by which import of whom. */
export function EntityHistory({ changes }: { changes: Change[] }) {
  const { t } = useTranslation();
  const textOf = useValueText();
  if (changes.length === 0) return <p className="muted">{t('registry.noHistory')}</p>;
  return (
    <ul className="row-list">
      {changes.map((change, at) => (
        <li key={at}>
          <div className="row-head">
            <strong>{t(`registry.changeKinds.${change.kind}`)}</strong>
            <span className="muted small">
              <Instant at={change.at} />
              {change.import && ` · ${t('registry.byImportOf', { file: change.import.fileName })}`}
              {change.rule && ` · ${t('registry.byRuleOf', { rule: change.rule })}`}
              {change.caseId !== null && (
                <>
                  {' · '}
                  <Link to={`/cases/${change.caseId}`}>{t('registry.byCase', { id: change.caseId })}</Link>
                </>
              )}
              {change.by && ` · ${change.by}`}
            </span>
          </div>
          {change.fields.map(({ field, before, after }) => (
            <div key={field} className="small long-text">
              {t(`registry.fields.${field}`)}：<del className="muted">{textOf(field, before)}</del> →{' '}
              {textOf(field, after)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}

/** Codes by the names that people know them by. */
function useValueText(): (field: Field, values: string[]) => string {
  const { t } = useTranslation();
  const regionName = useRegionName();
  const departmentName = useDepartmentName();
  const tagLabel = useTagLabel();
  const named = (field: Field, value: string): string => {
    switch (field) {
      case 'region_code':
        return regionName(value);
      case 'listed_by':
        return departmentName(value);
      case 'tags':
      case 'declared_tags':
        return tagLabel(value);
      case 'flags':
        return t(`registry.flags.${value as 'dishonesty'}`);
      case 'status':
        return t(`registry.statuses.${value as 'active'}`);
      default:
        return value;
    }
  };
  return (field, values) =>
    values.length === 0 ? t('states.none') : values.map((value) => named(field, value)).join('、');
}
