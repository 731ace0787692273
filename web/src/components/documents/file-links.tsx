interface Props {
  /** Of the API, without the format. */
  href: string;
  /** What the document is called: links of several of them stand beside each other. */
  name: string;
  /** Said before the links. */
  isNamed?: boolean;
}

const FORMATS = ['pdf', 'docx'] as const;

/** A document as PDF, to be printed and sealed, and as DOCX, to be edited. */
export function FileLinks({ href, name, isNamed = false }: Props) {
  const joint = href.includes('?') ? '&' : '?';
  return (
    <span className="file-links">
      {isNamed && `${name} `}
      {FORMATS.map((format) => (
        <a
          key={format}
          href={`${href}${joint}format=${format}`}
          download
          aria-label={`${name} ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </a>
      ))}
    </span>
  );
}
