const PIPS: Record<string, readonly (readonly [number, number])[]> = {
  1: [[2, 2]],
  2: [
    [1, 1],
    [3, 3],
  ],
  3: [
    [1, 1],
    [2, 2],
    [3, 3],
  ],
  4: [
    [1, 1],
    [1, 3],
    [3, 1],
    [3, 3],
  ],
  5: [
    [1, 1],
    [1, 3],
    [2, 2],
    [3, 1],
    [3, 3],
  ],
  6: [
    [1, 1],
    [1, 3],
    [2, 1],
    [2, 3],
    [3, 1],
    [3, 3],
  ],
};

/** Dice as they lie on the table; those that differ from `against` stand out. */
export function Dice({ value, against }: { value: string; against?: string | undefined }) {
  const other = against?.split(',');
  return (
    <span className="dice" role="img" aria-label={value.replaceAll(',', ' ')}>
      {value.split(',').map((face, at) => (
        <svg
          key={at}
          viewBox="0 0 4 4"
          className={other && other[at] !== face ? 'die die-differs' : 'die'}
          aria-hidden
        >
          <rect x="0.15" y="0.15" width="3.7" height="3.7" rx="0.7" />
          {PIPS[face]?.map(([row, column]) => (
            <circle key={`${row}${column}`} cx={column} cy={row} r="0.36" />
          ))}
        </svg>
      ))}
    </span>
  );
}
