import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TagRuleVersion } from '../../api/types';
import { Instant } from '../instant';
import { Loaded } from '../loaded';
import { RuleWords } from './rule-words';
import { TAG_RULES_KEY } from './use-tag-rules';

interface Props {
  rule: TagRuleVersion;
  /** null: only to read. `number`: which version of this rule it is. */
  onRestore: ((version: TagRuleVersion, number: number) => void) | null;
  onClose: () => void;
}

/** Every version of a rule, and what each did. */
export function TagRuleHistory({ rule, onRestore, onClose }: Props) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: [...TAG_RULES_KEY, rule.tag],
    queryFn: () =>
      answerOf(api.GET('/api/v1/tag-rules/{tag}/versions', { params: { path: { tag: rule.tag } } })),
  });
  return (
    <Modal
      open
      title={t('tagRule.historyOf', { label: rule.label })}
      footer={null}
      onCancel={onClose}
      width={720}
    >
      <Loaded query={query}>
        {({ rows }) => (
          <ul className="row-list">
            {rows.map((version, at) => (
              <li key={version.version}>
                <div className="row-head">
                  <span>
                    <strong>{t('tagRule.versionOf', { n: rows.length - at })}</strong> {version.label}{' '}
                    {at === 0 && <Tag color="green">{t('tagRule.current')}</Tag>}
                    {!version.active && <Tag>{t('tagRule.off')}</Tag>}
                  </span>
                  {at > 0 && onRestore && (
                    <Button size="small" onClick={() => onRestore(version, rows.length - at)}>
                      {t('tagRule.restore')}
                    </Button>
                  )}
                </div>
                <div className="muted small">
                  <Instant at={version.at} /> · {version.by ?? t('tagRule.initial')}
                  {version.by !== null &&
                    ` · ${t('tagRule.effect', { gained: version.gained, lost: version.lost })}`}
                </div>
                {version.reason !== '' && <div>{version.reason}</div>}
                <RuleWords rule={version} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Modal>
  );
}
