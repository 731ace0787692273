import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Empty, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { InspectorFile, KeptExclusion } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

/** From whom an inspector stays away, and stayed away. */
export function ExclusionsCard({ code, file }: { code: string; file: InspectorFile }) {
  const { t } = useTranslation();
  const [isDeclaring, setIsDeclaring] = useState(false);
  const [ending, setEnding] = useState<KeptExclusion | null>(null);
  return (
    <Card
      title={t('inspectors.exclusions')}
      extra={
        file.mayDeclare && <Button onClick={() => setIsDeclaring(true)}>{t('inspectors.declare')}</Button>
      }
    >
      <p className="muted small">{t('inspectors.exclusionsHint')}</p>
      {file.exclusions.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('inspectors.noExclusions')} />
      ) : (
        <ul className="row-list">
          {file.exclusions.map((one) => (
            <li key={one.id}>
              <div className="row-head">
                <strong>{one.entityName}</strong>
                <Tag color={one.endedAt === null ? 'gold' : 'default'}>
                  {t(one.endedAt === null ? 'inspectors.standing' : 'inspectors.ended')}
                </Tag>
              </div>
              <div className="mono">{one.creditCode}</div>
              <div>{one.reason}</div>
              <div className="muted small">
                {t('inspectors.declared', {
                  kind: t(`inspectors.kind.${one.kind}`),
                  by: one.declaredBy ?? t('inspectors.system'),
                  at: formatInstant(one.declaredAt),
                })}
              </div>
              {one.endedAt !== null && (
                <div className="muted small">
                  {t('inspectors.endedNote', {
                    by: one.endedBy ?? t('inspectors.system'),
                    at: formatInstant(one.endedAt),
                    reason: one.endReason,
                  })}
                </div>
              )}
              {one.mayEnd && (
                <Button size="small" className="gap-above" onClick={() => setEnding(one)}>
                  {t('inspectors.end')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isDeclaring && <DeclareDialog code={code} onClose={() => setIsDeclaring(false)} />}
      {ending && <EndDialog exclusion={ending} onClose={() => setEnding(null)} />}
    </Card>
  );
}

function DeclareDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ creditCode: string; reason: string }>();
  const { key, settle } = useIntention();
  const declare = useMutation({
    mutationFn: (fields: { creditCode: string; reason: string }) =>
      answerOf(
        api.POST('/api/v1/exclusions', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            inspector: code,
            creditCode: fields.creditCode.trim().toUpperCase(),
            reason: fields.reason,
          },
        }),
      ),
    onSuccess: async () => {
      void message.success(t('inspectors.declareDone'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('inspectors.declare')}
      okText={t('inspectors.declare')}
      form={form}
      request={declare}
      onFinish={declare.mutate}
      onClose={onClose}
    >
      <p className="muted">{t('inspectors.exclusionsHint')}</p>
      <Form.Item
        name="creditCode"
        label={t('inspectors.creditCode')}
        rules={[
          { required: true, pattern: /^\s*[0-9A-Za-z]{18}\s*$/, message: t('inspectors.creditCodeNeeded') },
        ]}
      >
        <Input autoFocus maxLength={20} />
      </Form.Item>
      <ReasonField
        label={t('inspectors.reason')}
        needed={t('inspectors.reasonNeeded')}
        rows={2}
        maxLength={200}
      />
    </FormDialog>
  );
}

function EndDialog({ exclusion, onClose }: { exclusion: KeptExclusion; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<{ reason: string }>();
  const { key, settle } = useIntention();
  const end = useMutation({
    mutationFn: (body: { reason: string }) =>
      answerOf(
        api.POST('/api/v1/exclusions/{id}/end', {
          params: { path: { id: exclusion.id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('inspectors.endDone'));
      onClose();
      await client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={`${t('inspectors.end')}：${exclusion.entityName}`}
      okText={t('inspectors.end')}
      form={form}
      request={end}
      onFinish={end.mutate}
      onClose={onClose}
      danger
    >
      <ReasonField
        label={t('inspectors.reason')}
        needed={t('inspectors.reasonNeeded')}
        rows={2}
        maxLength={200}
      />
    </FormDialog>
  );
}
