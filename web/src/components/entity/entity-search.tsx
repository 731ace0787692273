import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Long enough for a character that is still being written, short enough to feel at once. */
const PAUSE_MS = 250;

/** Finds while one types; what an input method has not finished is not looked for. */
export function EntitySearch({ value, onSearch }: { value: string; onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  const [isComposing, setComposing] = useState(false);
  const trimmed = text.trim();
  const isTooShort = [...trimmed].length === 1;
  useEffect(() => {
    if (isComposing || isTooShort || trimmed === value) return;
    const timer = setTimeout(() => onSearch(trimmed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [trimmed, value, isComposing, isTooShort, onSearch]);
  return (
    <div className="gap-below">
      <Input
        allowClear
        size="large"
        aria-label={t('registry.searchLabel')}
        placeholder={t('registry.search')}
        maxLength={100}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onCompositionStart={() => setComposing(true)}
        onCompositionEnd={() => setComposing(false)}
        status={isTooShort ? 'warning' : ''}
      />
      {isTooShort && (
        <div className="small muted" role="status">
          {t('registry.tooShort')}
        </div>
      )}
    </div>
  );
}
