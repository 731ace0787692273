import './numbers.css';

interface Part {
  label: string;
  value: number;
  /** A class that gives the colour, `bar-…`. */
  className: string;
}

/** Numbers that are compared, as bars on one scale, in plain HTML; what they show is read out too. */
export function PlainBars({ rows }: { rows: { name: string; text: string; parts: Part[] }[] }) {
  const longest = Math.max(1, ...rows.map(({ parts }) => parts.reduce((sum, part) => sum + part.value, 0)));
  return (
    <div className="bars">
      {rows.map(({ name, text, parts }) => (
        <div key={name} className="bar-row with-text" role="img" aria-label={`${name}：${text}`}>
          <span className="bar-name">{name}</span>
          <span className="bar-track">
            {parts.map(
              (part) =>
                part.value > 0 && (
                  <span
                    key={part.label}
                    className={part.className}
                    title={`${part.label} ${part.value}`}
                    style={{ width: `${(part.value / longest) * 100}%` }}
                  />
                ),
            )}
          </span>
          <span className="bar-text">{text}</span>
        </div>
      ))}
    </div>
  );
}
