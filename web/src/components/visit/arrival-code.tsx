import { QRCodeSVG } from '@rc-component/qrcode';
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Loaded } from '../loaded';

/** A code that is valid for the day, on the inspector's phone: whoever scans it stands before them. */
export function ArrivalCode({ visitId, onClose }: { visitId: number; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['arrival-code', visitId],
    queryFn: () =>
      answerOf(
        api.POST('/api/v1/visits/{id}/codes', {
          params: { path: { id: visitId } },
          body: { purpose: 'on-site' },
        }),
      ),
    // One code per showing: another would take the place of the one being scanned.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  return (
    <Modal open title={t('papers.codeTitle')} footer={null} onCancel={onClose}>
      <p>{t('papers.codeHint')}</p>
      <Loaded query={query}>
        {({ code, url }) => (
          <div className="arrival-code">
            <QRCodeSVG value={url} size={280} level="M" title={t('papers.codeTitle')} />
            <p className="mono">{code}</p>
          </div>
        )}
      </Loaded>
    </Modal>
  );
}
