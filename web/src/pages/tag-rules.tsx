import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Empty, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TagRuleVersion } from '../api/types';
import { Loaded } from '../components/loaded';
import { LastSave } from '../components/tag-rule/last-save';
import { RuleWords } from '../components/tag-rule/rule-words';
import '../components/tag-rule/tag-rule.css';
import { SwitchDialog } from '../components/tag-rule/switch-dialog';
import { TagRuleDialog } from '../components/tag-rule/tag-rule-dialog';
import { TagRuleHistory } from '../components/tag-rule/tag-rule-history';
import { useTagRules } from '../components/tag-rule/use-tag-rules';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';

interface Edited {
  current: TagRuleVersion | null;
  restored: { version: TagRuleVersion; reason: string } | null;
}

/** By which words entities get their tags. */
export function TagRules() {
  const { t } = useTranslation();
  useTitle(t('tagRule.title'));
  const query = useTagRules();
  const [edited, setEdited] = useState<Edited | null>(null);
  const [switched, setSwitched] = useState<TagRuleVersion | null>(null);
  const [ordered, setOrdered] = useState<number | null>(null);
  const [looked, setLooked] = useState<TagRuleVersion | null>(null);
  const mayEdit = query.data?.mayEdit === true;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{t('tagRule.title')}</h1>
          <p className="muted">{t('tagRule.lead')}</p>
        </div>
        {mayEdit && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setEdited({ current: null, restored: null })}
          >
            {t('tagRule.create')}
          </Button>
        )}
      </div>
      {query.data?.lastSave && <LastSave save={query.data.lastSave} ordered={ordered} />}
      <Card>
        <Loaded query={query}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('tagRule.empty')} />
            ) : (
              <ul className="row-list">
                {rows.map(({ rule, entities }) => (
                  <RuleLine
                    key={rule.tag}
                    rule={rule}
                    entities={entities}
                    onEdit={mayEdit ? () => setEdited({ current: rule, restored: null }) : null}
                    onSwitch={mayEdit ? () => setSwitched(rule) : null}
                    onLook={() => setLooked(rule)}
                  />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Card>
      {looked && (
        <TagRuleHistory
          rule={looked}
          onClose={() => setLooked(null)}
          onRestore={
            mayEdit
              ? (version, number) => {
                  setLooked(null);
                  setEdited({
                    current: looked,
                    restored: { version, reason: t('tagRule.restoreReason', { n: number }) },
                  });
                }
              : null
          }
        />
      )}
      {switched && (
        <SwitchDialog
          rule={switched}
          onClose={() => setSwitched(null)}
          onOrdered={({ id }) => {
            setSwitched(null);
            setOrdered(id);
          }}
        />
      )}
      {edited && (
        <TagRuleDialog
          {...edited}
          onClose={() => setEdited(null)}
          onOrdered={({ id }) => {
            setEdited(null);
            setOrdered(id);
          }}
        />
      )}
    </>
  );
}

interface LineProps {
  rule: TagRuleVersion;
  entities: number;
  /** null: only to read. */
  onEdit: (() => void) | null;
  onSwitch: (() => void) | null;
  onLook: () => void;
}

function RuleLine({ rule, entities, onEdit, onSwitch, onLook }: LineProps) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <span>
          <strong>{rule.label}</strong> <span className="mono muted">{rule.tag}</span>{' '}
          {!rule.active && <Tag>{t('tagRule.off')}</Tag>}
          <Link to={`/entities?tag=${rule.tag}`} className="nowrap">
            {t('tagRule.entities', { n: entities.toLocaleString('en') })}
          </Link>
        </span>
        <Space wrap>
          {onEdit && (
            <Button size="small" onClick={onEdit} aria-label={`${t('tagRule.edit')} ${rule.label}`}>
              {t('tagRule.edit')}
            </Button>
          )}
          {onSwitch && (
            <Button
              size="small"
              onClick={onSwitch}
              aria-label={`${t(rule.active ? 'tagRule.switchOff' : 'tagRule.switchOn')} ${rule.label}`}
            >
              {t(rule.active ? 'tagRule.switchOff' : 'tagRule.switchOn')}
            </Button>
          )}
          <Button size="small" onClick={onLook} aria-label={`${t('tagRule.history')} ${rule.label}`}>
            {t('tagRule.history')}
          </Button>
        </Space>
      </div>
      <RuleWords rule={rule} />
      {rule.by !== null && (
        <div className="muted small">
          {t('tagRule.changed', { name: rule.by, at: formatInstant(rule.at) })}：{rule.reason}
        </div>
      )}
    </li>
  );
}
