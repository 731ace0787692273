import { useTranslation } from 'react-i18next';
import type { DocumentPlaceholder } from '../../api/types';

interface Props {
  placeholders: readonly DocumentPlaceholder[];
  /** null: only to read. */
  onInsert: ((text: string) => void) | null;
}

/** What a template can name, with an example of each; what repeats has its own names. */
export function Placeholders({ placeholders, onInsert }: Props) {
  const { t, i18n } = useTranslation();
  return (
    <ul className="plain-list template-names">
      {placeholders.map((one) => {
        const repeats = one.fields.length > 0;
        const written = repeats ? `{{#${one.name}}}` : `{{${one.name}}}`;
        const text = repeats ? `{{#${one.name}}}\n\n{{/${one.name}}}` : written;
        return (
          <li key={one.name}>
            {onInsert ? (
              <button
                type="button"
                className="template-name"
                aria-label={t('templates.insert', { name: one.name })}
                onClick={() => onInsert(text)}
              >
                {written}
              </button>
            ) : (
              <span className="template-name">{written}</span>
            )}{' '}
            <span className="muted small">
              {i18n.language === 'en' && `${one.en} · `}
              {repeats
                ? t('templates.repeats')
                : one.example && t('templates.example', { text: one.example })}
            </span>
            {repeats && <Placeholders placeholders={one.fields} onInsert={onInsert} />}
          </li>
        );
      })}
    </ul>
  );
}
