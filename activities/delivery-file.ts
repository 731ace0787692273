/** The file of a delivery. No cell of one starts a formula in the program that opens it. */
import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
import { cellsOf, type PublishedRow } from '../domain/deliveries/fields';
import type { DeliveryLayout } from '../domain/deliveries/target';

export async function deliveryFile(
  { format, columns }: Pick<DeliveryLayout, 'format' | 'columns'>,
  rows: readonly PublishedRow[],
): Promise<Buffer> {
  const headings = columns.map((column) => column.heading);
  const lines = rows.map((row) => cellsOf(columns, row));
  switch (format) {
    case 'csv':
      return Buffer.from(stringify([headings, ...lines], { bom: true, escape_formulas: true }));
    case 'json': {
      const records = lines.map((cells) => Object.fromEntries(headings.map((each, at) => [each, cells[at]])));
      return Buffer.from(JSON.stringify({ rows: records }));
    }
    case 'xlsx': {
      const header = headings.map((value) => ({ value, fontWeight: 'bold' as const }));
      // Texts stay texts: only what is typed as a formula is one.
      const cells = lines.map((line) => line.map((value) => ({ value })));
      return writeExcelFile([header, ...cells], { sheet: '抽查结果', stickyRowsCount: 1 }).toBuffer();
    }
  }
}
