import { FilePdfOutlined, VideoCameraOutlined } from '@ant-design/icons';
import { Image } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Evidence } from '../../api/types';
import { formatInstant } from '../../lib/format';
import './evidence.css';

interface Props {
  visit: number;
  evidence: readonly Evidence[];
  /** Below each. */
  action?: (one: Evidence) => ReactNode;
  /** After what is there. */
  children?: ReactNode;
}

/** Photos to look at and files to fetch. */
export function EvidenceList({ visit, evidence, action, children }: Props) {
  const { t } = useTranslation();
  const addressOf = ({ id }: Evidence) => `/api/v1/visits/${visit}/evidence/${id}`;
  const titleOf = (one: Evidence) =>
    t('evidence.title', { name: one.fileName, by: one.uploadedBy, at: formatInstant(one.uploadedAt) });
  return (
    <Image.PreviewGroup>
      <ul className="evidence">
        {evidence.map((one) => (
          <li key={one.id} title={titleOf(one)}>
            {one.isPhoto ? (
              <Image src={addressOf(one)} alt={one.fileName} width={96} height={96} loading="lazy" />
            ) : (
              <a className="evidence-file" href={addressOf(one)} download={one.fileName}>
                {one.type === 'pdf' ? <FilePdfOutlined aria-hidden /> : <VideoCameraOutlined aria-hidden />}
                {one.fileName}
              </a>
            )}
            {action?.(one)}
          </li>
        ))}
        {children}
      </ul>
    </Image.PreviewGroup>
  );
}
