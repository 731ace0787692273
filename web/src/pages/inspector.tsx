import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Card, Descriptions, Empty, Tag } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import type { Inspector, InspectorFile } from '../api/types';
import { ExclusionsCard } from '../components/inspector/exclusions-card';
import { InspectorDialog } from '../components/inspector/inspector-dialog';
import { InspectorHistory } from '../components/inspector/inspector-history';
import { InspectorTags } from '../components/inspector/inspector-tags';
import { TrainingsCard } from '../components/inspector/trainings-card';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { Masked, revealFields } from '../components/masked';
import { problemText } from '../lib/problem-text';
import { useDepartmentName } from '../lib/use-organisation';
import { useRegionNames } from '../lib/use-region-names';
import { useTitle } from '../lib/use-title';

/** One inspector: who may be sent where, and for those concerned what was and what is to be done. */
export function InspectorPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const params = { path: { code } };
  const facts = useQuery({
    queryKey: ['inspector', code],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors/{code}', { params })),
  });
  const file = useQuery({
    queryKey: ['inspector-file', code],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors/{code}/file', { params })),
  });
  useTitle(facts.data?.name);
  const isPrivate = file.error instanceof Problem && file.error.status === 403;
  return (
    <Loaded query={facts}>
      {(inspector) => (
        <>
          <Head inspector={inspector} file={file.data} />
          <div className="stack">
            <Card>
              <Facts inspector={inspector} file={file.data} />
            </Card>
            {isPrivate ? (
              <p className="muted">{t('inspectors.private')}</p>
            ) : (
              <Loaded query={file}>{(known) => <Record inspector={inspector} file={known} />}</Loaded>
            )}
          </div>
        </>
      )}
    </Loaded>
  );
}

interface Contacts {
  phone: string;
  email: string | null;
}

function Head({ inspector, file }: { inspector: Inspector; file: InspectorFile | undefined }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  // What is edited is the true contact, never its mask.
  const [contacts, setContacts] = useState<Contacts | null>(null);
  const edit = useMutation({
    mutationFn: () => revealFields('inspector', inspector.code, ['inspectorPhone', 'inspectorMail']),
    onSuccess: ({ inspectorPhone = '', inspectorMail = '' }) =>
      setContacts({ phone: inspectorPhone, email: inspectorMail === '' ? null : inspectorMail }),
    onError: (error) => message.error(problemText(error, t)),
  });
  return (
    <div className="page-head">
      <h1>{inspector.name}</h1>
      <div className="filters">
        <InspectorTags inspector={inspector} />
        <LinkButton to="/inspectors">{t('inspectors.back')}</LinkButton>
        {file?.mayEdit && (
          <Button type="primary" loading={edit.isPending} onClick={() => edit.mutate()}>
            {t('inspectors.edit')}
          </Button>
        )}
      </div>
      {contacts && (
        <InspectorDialog
          department={inspector.departmentCode}
          known={{ ...inspector, ...contacts }}
          onClose={() => setContacts(null)}
        />
      )}
    </div>
  );
}

function Facts({ inspector, file }: { inspector: Inspector; file: InspectorFile | undefined }) {
  const { t } = useTranslation();
  const departmentName = useDepartmentName();
  const regionNames = useRegionNames();
  const masked = (
    field: 'inspectorPhone' | 'inspectorMail' | 'certificate',
    value: string,
    sight: Inspector['certificateSight'],
  ) => <Masked {...{ record: 'inspector', id: inspector.code, field, value, sight }} />;
  const shown: Record<string, ReactNode> = {
    code: inspector.code,
    departmentCode: departmentName(inspector.departmentCode),
    certificateNumber: masked('certificate', inspector.certificateNumber, inspector.certificateSight),
    certificateValidUntil: inspector.certificateValidUntil,
    regions: regionNames(inspector.regions),
    qualifications: inspector.qualifications.join('、') || t('inspectors.none'),
    capacity: inspector.capacity === null ? t('inspectors.unlimited') : String(inspector.capacity),
    ...(file
      ? {
          phone: masked('inspectorPhone', file.phone, file.contactSight),
          email: masked('inspectorMail', file.email ?? '', file.contactSight),
        }
      : {}),
  };
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 2 }}
      items={Object.entries(shown).map(([key, children]) => ({
        key,
        label: t(`inspectors.fields.${key as 'code'}`),
        children,
      }))}
    />
  );
}

function Record({ inspector, file }: { inspector: Inspector; file: InspectorFile }) {
  const { t } = useTranslation();
  return (
    <>
      <ExclusionsCard code={inspector.code} file={file} />
      <TrainingsCard inspector={inspector} file={file} />
      <Card title={t('inspectors.workload')}>
        <p>
          {t('inspectors.open')} <strong>{file.workload.open}</strong> · {t('inspectors.doneThisYear')}{' '}
          <strong>{file.workload.doneThisYear}</strong>
        </p>
        {file.visits.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('inspectors.noVisits')} />
        ) : (
          <ul className="row-list">
            {file.visits.map((visit) => (
              <li key={visit.id}>
                <div className="row-head">
                  <Link to={`/visits/${visit.id}`}>{visit.entity.name}</Link>
                  <Tag color={visit.finishedAt === null ? 'gold' : 'green'}>
                    {t(visit.finishedAt === null ? 'inspectors.visitOpen' : 'inspectors.visitDone')}
                  </Tag>
                </div>
                <div className="muted small">
                  {visit.campaign.name}
                  {visit.visitOn !== null && ` · ${visit.visitOn}`}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title={t('inspectors.history')}>
        <InspectorHistory versions={file.versions} />
      </Card>
    </>
  );
}
