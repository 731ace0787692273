import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { answerOf, api, newIdempotencyKey } from '../api/client';
import type { Item } from '../api/types';
import { draftOf, itemFieldsOf, newItemFields, type ItemFields } from '../components/item/item-fields';
import { ItemForm } from '../components/item/item-form';
import { Loaded } from '../components/loaded';
import { useTitle } from '../lib/use-title';
import { departmentsOf, useSession } from '../session/use-session';

export function NewItem() {
  const { t } = useTranslation();
  useTitle(t('items.create'));
  const { data: me } = useSession();
  const departments = departmentsOf(me, 'liaison', 'lead_officer');
  const onSaved = useSaved();
  const create = useMutation({
    mutationFn: (fields: ItemFields) =>
      answerOf(
        api.POST('/api/v1/items', {
          params: { header: { 'Idempotency-Key': newIdempotencyKey() } },
          body: { code: fields.code, departmentCode: fields.departmentCode, draft: draftOf(fields) },
        }),
      ),
    onSuccess: onSaved,
  });
  return (
    <div className="narrow">
      <h1>{t('items.create')}</h1>
      <ItemForm
        initial={newItemFields(departments[0] ?? '')}
        departments={departments}
        isRevision={false}
        error={create.error}
        isSending={create.isPending}
        onSend={create.mutate}
      />
    </div>
  );
}

export function EditItem() {
  const { t } = useTranslation();
  useTitle(t('items.edit'));
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['item', code],
    queryFn: () => answerOf(api.GET('/api/v1/items/{code}', { params: { path: { code } } })),
    refetchOnWindowFocus: false,
  });
  return (
    <div className="narrow">
      <h1>{query.data?.name ?? code}</h1>
      <Loaded query={query}>{(item) => <EditForm item={item} />}</Loaded>
    </div>
  );
}

function EditForm({ item }: { item: Item }) {
  const { t } = useTranslation();
  const onSaved = useSaved();
  const edit = useMutation({
    mutationFn: (fields: ItemFields) =>
      answerOf(
        api.PUT('/api/v1/items/{code}', { params: { path: { code: item.code } }, body: draftOf(fields) }),
      ),
    onSuccess: onSaved,
  });
  if (item.status === 'submitted') return <Alert type="warning" title={t('items.editor.submittedLocked')} />;
  return (
    <>
      {item.returnedReason && (
        <Alert
          type="warning"
          className="gap-below"
          title={t('items.returned', { reason: item.returnedReason })}
        />
      )}
      <ItemForm
        initial={itemFieldsOf(item)}
        departments={[]}
        isRevision={item.status !== 'draft' || item.version > 1}
        error={edit.error}
        isSending={edit.isPending}
        onSend={edit.mutate}
      />
    </>
  );
}

function useSaved() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  return async (item: Item) => {
    void message.success(t('items.editor.saved'));
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('item') });
    await navigate(`/items/${item.code}`);
  };
}
