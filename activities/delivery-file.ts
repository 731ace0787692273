/** The file of a delivery. No cell of one starts a formula in the program that opens it. */
import { buffer } from 'node:stream/consumers';
import { stringify } from 'csv-stringify/sync';
import { cellsOf, type PublishedRow } from '../domain/deliveries/fields';
import type { DeliveryLayout } from '../domain/deliveries/target';
import { workbookStream } from '../imports/write-workbook';

const COLUMN_WIDTH = 20;

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
    case 'xlsx':
      return buffer(
        workbookStream({
          ...{ name: '抽查结果', header: headings, rows: lines },
          widths: headings.map(() => COLUMN_WIDTH),
        }),
      );
  }
}
