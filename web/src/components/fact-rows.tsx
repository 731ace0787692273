/** Label and text, row by row, of a document's table of facts. */
export function FactRows({ rows }: { rows: readonly (readonly [label: string, text: string])[] }) {
  return rows.map(([label, text]) => (
    <tr key={label}>
      <th scope="row">{label}</th>
      <td>{text}</td>
    </tr>
  ));
}
