import { useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { HandlingPolicies } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useDepartmentName } from '../../lib/use-organisation';
import { Loaded } from '../loaded';
import { PolicyDialog } from './policy-dialog';

const LISTS = ['abnormal-list', 'serious-list'] as const;

/** By which periods violations are handled, who keeps the lists, who is told of an entry; with its versions. */
export function HandlingPolicyCard() {
  const query = useQuery({
    queryKey: ['handling-policies'],
    queryFn: () => answerOf(api.GET('/api/v1/handling-policies')),
  });
  return <Loaded query={query}>{(policies) => <Content policies={policies} />}</Loaded>;
}

function Content({ policies: { rows, mayEdit } }: { policies: HandlingPolicies }) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName();
  const [isEditing, setIsEditing] = useState(false);
  const [inForce] = rows;
  if (!inForce) return null;
  const { content, version } = inForce;
  const who = (row: typeof inForce) => ({
    n: row.version,
    by: row.author ?? '',
    at: row.createdAt === null ? '' : formatInstant(row.createdAt),
  });
  const facts: [string, string][] = [
    [t('credit.rectificationDays'), String(content.rectificationDays)],
    [t('credit.extensionDays'), String(content.extensionDays)],
    [t('credit.hearingDays'), String(content.hearingDays)],
    [t('credit.countsMonths'), String(content.countsMonths)],
    ...LISTS.flatMap((list): [string, string][] => {
      const name = t(`handling.tracks.${list}`);
      const keeper = content.keepers[list];
      return [
        [
          `${name} · ${t('credit.keeper')}`,
          keeper === null ? t('credit.inspecting') : departmentName(keeper),
        ],
        [`${name} · ${t('credit.repairMonths')}`, String(content.repairMonths[list])],
        [`${name} · ${t('credit.termMonths')}`, String(content.termMonths[list] ?? t('credit.never'))],
      ];
    }),
  ];
  return (
    <Card
      title={t('credit.policy')}
      extra={mayEdit && <Button onClick={() => setIsEditing(true)}>{t('credit.edit')}</Button>}
    >
      <p className="muted small">
        {version === 0 ? t('credit.defaults') : t('credit.version', who(inForce))}
      </p>
      <Descriptions
        column={1}
        size="small"
        items={facts.map(([label, text]) => ({ key: label, label, children: text }))}
      />
      <h3>{t('credit.measures')}</h3>
      {content.measures.length === 0 ? (
        <p className="muted">{t('credit.noMeasures')}</p>
      ) : (
        <ul className="row-list small">
          {content.measures.map((one, at) => (
            <li key={at}>
              {t(`handling.tracks.${one.list}`)} → {departmentName(one.department)}：{one.measure}
            </li>
          ))}
        </ul>
      )}
      {version > 0 && (
        <details className="small gap-above">
          <summary>{t('credit.versions')}</summary>
          <ul className="row-list">
            {rows
              .filter((row) => row.version > 0)
              .map((row) => (
                <li key={row.version}>{t('credit.versionLine', { ...who(row), text: row.reason })}</li>
              ))}
          </ul>
        </details>
      )}
      {isEditing && <PolicyDialog content={content} basedOn={version} onClose={() => setIsEditing(false)} />}
    </Card>
  );
}
