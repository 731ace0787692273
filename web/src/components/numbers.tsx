import type { ReactNode } from 'react';

interface Row {
  key: string;
  name: ReactNode;
  cells: ReactNode[];
}

interface Props {
  /** The first is of the names. */
  heads: string[];
  rows: Row[];
  total?: Row;
}

/** Figures by name, on a narrow screen to be pushed aside by themselves. */
export function Numbers({ heads, rows, total }: Props) {
  return (
    <div className="scroll-x" tabIndex={0}>
      <table className="numbers">
        <thead>
          <tr>
            {heads.map((head, at) => (
              <th key={at}>{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <NumbersRow key={row.key} row={row} />
          ))}
        </tbody>
        {total && (
          <tfoot>
            <NumbersRow row={total} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function NumbersRow({ row }: { row: Row }) {
  return (
    <tr>
      <th scope="row">{row.name}</th>
      {row.cells.map((cell, at) => (
        <td key={at}>{cell}</td>
      ))}
    </tr>
  );
}
