import { Alert, Button, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveText } from '../../lib/save-text';

/** Shown once; it closes when the person says that they have them. */
export function RecoveryCodes({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const [isKept, setIsKept] = useState(false);
  return (
    <Modal
      open
      title={t('secondFactor.codes')}
      closable={false}
      footer={[
        <Button key="save" onClick={() => saveText('onevisit-recovery-codes.txt', `${codes.join('\n')}\n`)}>
          {t('actions.download')}
        </Button>,
        <Button key="close" type="primary" disabled={!isKept} onClick={onClose}>
          {t('actions.close')}
        </Button>,
      ]}
    >
      <Alert type="warning" showIcon title={t('secondFactor.codesLead')} className="gap-below" />
      <ul className="recovery-codes mono">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Checkbox checked={isKept} onChange={(event) => setIsKept(event.target.checked)}>
        {t('secondFactor.codesKept')}
      </Checkbox>
    </Modal>
  );
}
