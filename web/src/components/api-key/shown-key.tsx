import { App, Button, Input, Modal, Space } from 'antd';
import { useTranslation } from 'react-i18next';
import type { NewApiKey } from '../../api/types';

/** The one time that a key is seen. */
export function ShownKey({ made, onClose }: { made: NewApiKey; onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  return (
    <Modal
      open
      title={`${t('apiKeys.shownTitle')} · ${made.name}`}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('apiKeys.noted')}
        </Button>
      }
      // A click beside it would lose the key for good.
      mask={{ closable: false }}
      closable={false}
      keyboard={false}
    >
      <p>{t('apiKeys.shownOnce')}</p>
      <Space.Compact block>
        <Input
          readOnly
          value={made.key}
          aria-label={t('apiKeys.key')}
          onFocus={(event) => event.target.select()}
        />
        {'clipboard' in navigator && (
          <Button
            onClick={() => {
              void navigator.clipboard.writeText(made.key).then(() => message.success(t('actions.copied')));
            }}
          >
            {t('actions.copy')}
          </Button>
        )}
      </Space.Compact>
      <p className="muted small gap-above">{t('apiKeys.shownUse')}</p>
    </Modal>
  );
}
