import { FileOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { discardFile, sendNow, type PendingState } from '../../lib/outbox/files';
import { problemText } from '../../lib/problem-text';
import { useOnline } from '../../lib/use-online';

/** A file that is not at the server yet: how far it is, or what keeps it. */
export function WaitingFile({ file }: { file: PendingState }) {
  const { t } = useTranslation();
  const isOnline = useOnline();
  const picture = usePicture(file.blob);
  const { percent, refusal } = file;
  return (
    <li title={file.name}>
      <div className="evidence-waiting">
        {picture ? <img src={picture} alt={file.name} /> : <FileOutlined aria-hidden />}
        {percent !== null ? (
          <Progress type="circle" size={56} percent={percent} aria-label={file.name} />
        ) : (
          <span>{t(refusal ? 'evidence.refused' : isOnline ? 'evidence.waiting' : 'evidence.keptHere')}</span>
        )}
      </div>
      {refusal && (
        <div role="alert" className="bad small">
          {problemText(refusal, t)}
        </div>
      )}
      {percent === null && (
        <>
          {refusal === null && isOnline && (
            <Button size="small" type="link" onClick={sendNow}>
              {t('actions.retry')}
            </Button>
          )}
          <Button size="small" type="link" danger onClick={() => void discardFile(file.id)}>
            {t('evidence.discard')}
          </Button>
        </>
      )}
    </li>
  );
}

function usePicture(blob: Blob): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!blob.type.startsWith('image/')) return undefined;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return address;
}
