import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, newIdempotencyKey } from '../../api/client';
import type { Campaign, Ceremony, Witness } from '../../api/types';
import { hasRole, useSession } from '../../session/use-session';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';

const CAPACITIES: readonly Witness['capacity'][] = [
  'congress-deputy',
  'cppcc-member',
  'press',
  'trade-association',
  'notary',
  'citizen',
  'other',
];

/** Who watches the draw: recorded by the lead until it is drawn. */
export function WitnessesCard({ campaign, ceremony }: { campaign: Campaign; ceremony: Ceremony }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [adding, setAdding] = useState(false);
  const { message } = App.useApp();
  const client = useQueryClient();
  const { code } = campaign;
  const remove = useMutation({
    mutationFn: (id: number) =>
      answerOf(api.DELETE('/api/v1/campaigns/{code}/witnesses/{id}', { params: { path: { code, id } } })),
    onSuccess: async () => {
      void message.success(t('witness.removed'));
      await client.invalidateQueries({ queryKey: ['campaign', code] });
    },
  });
  const isOpen = ceremony.status !== 'drawn' && hasRole(me, 'lead_officer', 'coordinator');
  return (
    <Card
      title={t('witness.title')}
      extra={isOpen && <Button onClick={() => setAdding(true)}>{t('witness.add')}</Button>}
    >
      {ceremony.witnesses.length === 0 && <p className="muted">{t('witness.empty')}</p>}
      <ul className="row-list">
        {ceremony.witnesses.map((witness) => (
          <li key={witness.id} className="row-head">
            <span>
              <strong>{witness.name}</strong> {t(`witness.capacities.${witness.capacity}`)}
              {witness.organisation && ` · ${witness.organisation}`}
              {witness.note && <span className="muted small"> {witness.note}</span>}
            </span>
            <span>
              <Tag color={witness.namePublic ? 'green' : 'default'}>
                {t(witness.namePublic ? 'witness.public' : 'witness.hidden')}
              </Tag>
              {isOpen && (
                <Button
                  size="small"
                  loading={remove.isPending && remove.variables === witness.id}
                  onClick={() => remove.mutate(witness.id)}
                >
                  {t('witness.remove')}
                </Button>
              )}
            </span>
          </li>
        ))}
      </ul>
      <ProblemAlert error={remove.error} />
      {adding && <WitnessDialog code={code} onClose={() => setAdding(false)} />}
    </Card>
  );
}

type Fields = Pick<Witness, 'capacity' | 'name' | 'organisation' | 'note' | 'namePublic'>;

function WitnessDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const [key] = useState(newIdempotencyKey);
  const { message } = App.useApp();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: (body: Fields) =>
      answerOf(
        api.POST('/api/v1/campaigns/{code}/witnesses', {
          params: { path: { code }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('witness.recorded'));
      onClose();
      await client.invalidateQueries({ queryKey: ['campaign', code] });
    },
  });
  return (
    <FormDialog
      title={t('witness.add')}
      okText={t('witness.add')}
      form={form}
      request={add}
      initialValues={{ capacity: 'congress-deputy', organisation: '', note: '', namePublic: false }}
      onFinish={add.mutate}
      onClose={onClose}
    >
      <Form.Item name="capacity" label={t('witness.capacity')}>
        <Select options={CAPACITIES.map((value) => ({ value, label: t(`witness.capacities.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('witness.name')}
        rules={[{ required: true, whitespace: true, message: t('witness.nameNeeded') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="organisation" label={t('witness.organisation')}>
        <Input maxLength={120} autoComplete="off" />
      </Form.Item>
      <Form.Item name="note" label={t('witness.note')}>
        <Input maxLength={300} autoComplete="off" />
      </Form.Item>
      <Form.Item name="namePublic" valuePropName="checked" extra={t('witness.consentHint')}>
        <Checkbox>{t('witness.consent')}</Checkbox>
      </Form.Item>
    </FormDialog>
  );
}
