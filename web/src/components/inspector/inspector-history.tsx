import { Empty } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { InspectorFile } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useDepartmentName } from '../../lib/use-organisation';
import { useRegionNames } from '../../lib/use-region-names';

type Version = InspectorFile['versions'][number];

/** What changed in an inspector's record, when, by whom and why; the newest first. */
export function InspectorHistory({ versions }: { versions: Version[] }) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName();
  const regionNames = useRegionNames();
  if (versions.length === 0) {
    return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('inspectors.noHistory')} />;
  }
  return (
    <ul className="row-list">
      {versions.map((version, at) => (
        <li key={at}>
          <div className="row-head">
            <span>{formatInstant(version.at)}</span>
            <span className="muted small">
              {version.by ??
                (version.import === null
                  ? t('inspectors.system')
                  : t('inspectors.byImport', { n: version.import }))}
            </span>
          </div>
          {version.reason !== null && <div>{version.reason}</div>}
          {version.changes.length > 0 ? (
            <dl className="changes">
              {version.changes.map(({ field, before, after }) => (
                <div key={field}>
                  <dt>{t(`inspectors.fields.${field as 'name'}`)}</dt>
                  <dd>
                    <del>{textOf(field, before)}</del>
                    <ins>{textOf(field, after)}</ins>
                  </dd>
                </div>
              ))}
            </dl>
          ) : (
            <div className="muted small">{happened(version, at === versions.length - 1, t)}</div>
          )}
        </li>
      ))}
    </ul>
  );

  function textOf(field: string, value: unknown): string {
    switch (field) {
      case 'departmentCode':
        return departmentName(String(value));
      case 'regions':
        return regionNames(value as string[]);
      case 'status':
        return t(`inspectors.status.${value as 'active'}`);
      case 'capacity':
        return value === null ? t('inspectors.unlimited') : (value as number).toString();
      case 'qualifications':
        return (value as string[]).join('、') || t('inspectors.none');
      default:
        return typeof value === 'string' && value !== '' ? value : t('inspectors.none');
    }
  }
}

function happened(version: Version, isFirst: boolean, t: TFunction): string {
  if (version.ended) return t('inspectors.leftRegistry');
  return t(isFirst ? 'inspectors.joined' : 'inspectors.noChange');
}
