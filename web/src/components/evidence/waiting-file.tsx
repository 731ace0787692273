import { FileOutlined } from '@ant-design/icons';
import { Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { discardFile, sendNow, type PendingState } from '../../lib/outbox/files';
import { problemText } from '../../lib/problem-text';
import { useOnline } from '../../lib/use-online';

/** A file that is not at the server yet: how far it is, or what keeps it. */
export function WaitingFile({ file }: { file: PendingState }) {
  const { t } = useTranslation();
  const isOnline = useOnline();
  const { percent, picture, refusal } = file;
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
