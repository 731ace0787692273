import { Button, Input } from 'antd';
import { useTranslation } from 'react-i18next';

interface Props {
  /** What the check form offers. */
  offered: readonly string[];
  /** These three come from the field of the form. */
  id?: string;
  value?: string;
  onChange?: (opinion: string) => void;
}

/** A handling opinion in free words; what the form offers is a line that is put in and taken out by a tap. */
export function OpinionInput({ offered, id, value = '', onChange }: Props) {
  const { t } = useTranslation();
  const lines = value.split('\n');
  const toggle = (opinion: string) =>
    onChange?.(
      (lines.includes(opinion)
        ? lines.filter((line) => line !== opinion)
        : [...lines.filter((line) => line.trim() !== ''), opinion]
      ).join('\n'),
    );
  return (
    <>
      {offered.length > 0 && (
        <div className="tags opinions" role="group" aria-label={t('visit.opinionsOffered')}>
          {offered.map((opinion) => (
            <Button
              key={opinion}
              size="small"
              type={lines.includes(opinion) ? 'primary' : 'default'}
              aria-pressed={lines.includes(opinion)}
              onClick={() => toggle(opinion)}
            >
              {opinion}
            </Button>
          ))}
        </div>
      )}
      <Input.TextArea
        {...(id ? { id } : {})}
        autoSize={{ minRows: 2, maxRows: 6 }}
        maxLength={1000}
        value={value}
        onChange={(event) => onChange?.(event.target.value)}
      />
    </>
  );
}
