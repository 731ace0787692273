import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** A search by name or code that is run on Enter or by the button. */
export function SearchForm({ onSearch }: { onSearch: (text: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  return (
    <form
      className="search"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <label htmlFor={id} className="small muted">
        {t('open.searchLabel')}
      </label>
      <div className="search-line">
        <input
          id={id}
          type="search"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="button">
          {t('actions.search')}
        </button>
      </div>
    </form>
  );
}
