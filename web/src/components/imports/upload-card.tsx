import { InboxOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Checkbox, Segmented, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { ImportKind, Me } from '../../api/types';
import { kindsFor } from '../../lib/import-kinds';
import { hasRole } from '../../session/use-session';
import { ProblemAlert } from '../problem-alert';

/** A file, what it is, and how it is to be taken. A full import is asked about once more. */
export function UploadCard({ me }: { me: Me }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const client = useQueryClient();
  const kinds = kindsFor(me);
  const [kind, setKind] = useState<ImportKind>(kinds[0] ?? 'entities');
  const [mode, setMode] = useState<'changes' | 'full'>('changes');
  const [isTrial, setTrial] = useState(true);
  const [file, setFile] = useState<File | null>(null);
  const modes = modesFor(kind, me);
  const usedMode = modes.includes(mode) ? mode : 'changes';
  const upload = useMutation({
    mutationFn: (chosen: File) =>
      answerOf(
        api.POST('/api/v1/registries/{kind}/imports', {
          params: {
            path: { kind },
            query: { mode: usedMode, dryRun: isTrial ? 'true' : 'false', fileName: chosen.name },
          },
          headers: { 'content-type': 'application/octet-stream' },
          // The file itself is the body, whatever the types make of it.
          body: chosen as unknown as string,
          bodySerializer: (body: unknown) => body as File,
        }),
      ),
    onSuccess: async () => {
      void message.success(t('imports.started'));
      await client.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  const start = () => {
    if (!file) return;
    if (usedMode === 'changes' || isTrial) {
      upload.mutate(file);
      return;
    }
    modal.confirm({
      title: t('imports.fullTitle'),
      content: t('imports.fullBody', { file: file.name, kind: t(`imports.kind.${kind}`) }),
      okText: t('imports.fullConfirm'),
      okButtonProps: { danger: true },
      onOk: () => upload.mutate(file),
    });
  };
  return (
    <Card className="gap-below">
      <div className="filters gap-below">
        <Select
          aria-label={t('imports.kindLabel')}
          className="stage-filter"
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`imports.kind.${value}`) }))}
        />
        <Segmented
          aria-label={t('imports.modeLabel')}
          value={usedMode}
          onChange={setMode}
          options={modes.map((value) => ({ value, label: t(`imports.mode.${value}`) }))}
        />
        <Checkbox checked={isTrial} onChange={(event) => setTrial(event.target.checked)}>
          {t('imports.dryRun')}
        </Checkbox>
      </div>
      <p className="muted">
        {t(`imports.kindHint.${kind}`)} {t(`imports.modeHint.${usedMode}`)}{' '}
        <a href={`/api/v1/registries/${kind}/template.csv`} download>
          {t('imports.template')}
        </a>
      </p>
      <Upload.Dragger
        accept=".csv,.xlsx,.txt,.tsv"
        maxCount={1}
        beforeUpload={(chosen) => {
          setFile(chosen);
          upload.reset();
          return false;
        }}
        onRemove={() => setFile(null)}
        fileList={file ? [{ uid: 'chosen', name: file.name, size: file.size }] : []}
      >
        <p>
          <InboxOutlined aria-hidden className="drop-icon" />
        </p>
        <p>{t('imports.drop')}</p>
        <p className="muted small">{t('imports.dropHint')}</p>
      </Upload.Dragger>
      <ProblemAlert error={upload.error} className="gap-above" />
      <Button
        type="primary"
        className="gap-above"
        disabled={file === null}
        loading={upload.isPending}
        onClick={start}
      >
        {file === null ? t('imports.chooseFile') : t(isTrial ? 'imports.startTry' : 'imports.start')}
      </Button>
    </Card>
  );
}

/** Items are never ended by a file, credit facts neither; the shared registry is replaced by those only who answer for all of it. */
function modesFor(kind: ImportKind, me: Me): ('changes' | 'full')[] {
  if (kind === 'items' || kind === 'credit' || kind === 'trainings') return ['changes'];
  if (kind === 'entities' && !hasRole(me, 'coordinator', 'admin')) return ['changes'];
  return ['changes', 'full'];
}
