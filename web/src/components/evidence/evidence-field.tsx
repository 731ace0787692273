import { CameraOutlined, PictureOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api, newIdempotencyKey } from '../../api/client';
import type { Evidence, VisitDetail } from '../../api/types';
import { addFile } from '../../lib/outbox/files';
import { scaleDown } from '../../lib/outbox/scale-down';
import { usePendingFiles } from '../../lib/outbox/use-files';
import { usePhone } from '../../lib/use-media';
import { ProblemAlert } from '../problem-alert';
import { EvidenceList } from './evidence-list';
import { useEvidencePlace } from './evidence-place';
import { WaitingFile } from './waiting-file';

interface Props {
  item: string;
  /** Null: files of the item as a whole. */
  question: string | null;
  label: string;
  most?: number;
}

/** Photos that answer a question, or files of an item: taken, chosen, sent, looked at and taken back. */
export function EvidenceField({ item, question, label, most }: Props) {
  const { t } = useTranslation();
  const place = useEvidencePlace();
  const waiting = usePendingFiles().filter(
    (one) => one.visit === place?.visit.id && one.item === item && one.question === question,
  );
  const kept = place?.visit.evidence.filter((one) => one.item === item && one.question === question) ?? [];
  const takeBack = useTakeBack(place?.visit.id);
  if (!place) return <p className="muted small">{t('evidence.notInPreview')}</p>;
  const { visit, userId } = place;

  const add = async (chosen: readonly File[]) => {
    const room = most === undefined ? chosen.length : Math.max(0, most - kept.length - waiting.length);
    for (const file of chosen.slice(0, room)) {
      const blob = visit.evidenceRules.keepsOriginals ? file : await scaleDown(file);
      const id = newIdempotencyKey();
      const name = file.name.trim().slice(-200) || id;
      void addFile({
        ...{ id, userId, visit: visit.id, item, question, name, blob },
        addedAt: new Date().toISOString(),
      });
    }
  };
  const isFull = most !== undefined && kept.length + waiting.length >= most;
  return (
    <div role="group" aria-label={label}>
      <EvidenceList
        visit={visit.id}
        evidence={kept}
        action={(one) =>
          one.mayRemove && (
            <Popconfirm
              title={t('evidence.takeBackAsk')}
              okText={t('evidence.takeBack')}
              onConfirm={() => takeBack.mutate(one)}
            >
              <Button
                size="small"
                type="link"
                danger
                aria-label={`${t('evidence.takeBack')}：${one.fileName}`}
              >
                {t('evidence.takeBack')}
              </Button>
            </Popconfirm>
          )
        }
      >
        {waiting.map((one) => (
          <WaitingFile key={one.id} file={one} />
        ))}
      </EvidenceList>
      <ProblemAlert error={takeBack.error} className="gap-below" />
      {isFull ? (
        <span className="muted small">{t('evidence.full', { n: most })}</span>
      ) : (
        <AddButtons isPhotos={question !== null} types={visit.evidenceRules.mediaTypes} add={add} />
      )}
    </div>
  );
}

function useTakeBack(visit: number | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Evidence) =>
      answerOf(
        api.DELETE('/api/v1/visits/{id}/evidence/{evidence}', {
          params: { path: { id: visit ?? 0, evidence: id } },
        }),
      ),
    onSuccess: (_answer, { id }) =>
      client.setQueryData<VisitDetail>(
        ['visit', visit],
        (before) => before && { ...before, evidence: before.evidence.filter((one) => one.id !== id) },
      ),
  });
}

interface AddProps {
  isPhotos: boolean;
  types: readonly string[];
  add: (files: readonly File[]) => Promise<void>;
}

/** A phone's camera is one tap away; a desk has files only. */
function AddButtons({ isPhotos, types, add }: AddProps) {
  const { t } = useTranslation();
  const isPhone = usePhone();
  const camera = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const accept = (isPhotos ? types.filter((type) => type.startsWith('image/')) : types).join(',');
  const input = (
    ref: typeof camera,
    more: { capture?: 'environment'; multiple?: boolean; accept: string },
  ) => (
    <input
      ref={ref}
      type="file"
      // The component library shows every file input of a form.
      style={{ display: 'none' }}
      {...more}
      onChange={({ target }) => {
        void add([...(target.files ?? [])]);
        // The same photo may be chosen again after it was taken back.
        target.value = '';
      }}
    />
  );
  return (
    <div className="evidence-buttons">
      {isPhotos && isPhone && (
        <>
          {input(camera, { capture: 'environment', accept: 'image/*' })}
          <Button icon={<CameraOutlined aria-hidden />} onClick={() => camera.current?.click()}>
            {t('evidence.camera')}
          </Button>
        </>
      )}
      {input(files, {
        multiple: true,
        accept,
      })}
      <Button
        icon={isPhotos ? <PictureOutlined aria-hidden /> : <UploadOutlined aria-hidden />}
        onClick={() => files.current?.click()}
      >
        {t(isPhotos ? 'evidence.choosePhotos' : 'evidence.chooseFiles')}
      </Button>
    </div>
  );
}
