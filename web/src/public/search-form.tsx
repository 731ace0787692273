import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';

interface Props {
  /** Its place in the address, and that of the list it searches: a new search begins at its start. */
  name: string;
  place: string;
}

/** A search by name or code that is run on Enter or by the button; a form of its own that needs no JavaScript. */
export function SearchForm({ name, place }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [search, setSearch] = useSearchParams();
  return (
    <form
      className="search"
      role="search"
      method="get"
      onSubmit={(event) => {
        event.preventDefault();
        const text = new FormData(event.currentTarget).get(name);
        setSearch((before) => {
          const next = new URLSearchParams(before);
          next.delete(place);
          if (typeof text === 'string' && text.trim() !== '') next.set(name, text.trim());
          else next.delete(name);
          return next;
        });
      }}
    >
      <label htmlFor={id} className="small muted">
        {t('open.searchLabel')}
      </label>
      <div className="search-line">
        <input id={id} name={name} type="search" maxLength={100} defaultValue={search.get(name) ?? ''} />
        <button type="submit" className="button">
          {t('actions.search')}
        </button>
      </div>
    </form>
  );
}
