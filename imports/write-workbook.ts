/** A workbook of one sheet that is written while its rows are read: however many there are, a few are held in memory. */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** What a sheet can hold, the header among them. */
export const MOST_ROWS = 1_048_576;

export interface Sheet {
  name: string;
  header: readonly string[];
  /** In characters. */
  widths: readonly number[];
  rows: AsyncIterable<readonly Cell[]> | Iterable<readonly Cell[]>;
}

export type Cell = string | number | null;

/** The header stays in sight; texts stay texts, so that no cell is a formula. */
export function workbookStream(sheet: Sheet): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream.pipe(new PassThrough());
  for (const [path, content] of PARTS) zip.addBuffer(Buffer.from(content), path);
  zip.addBuffer(Buffer.from(workbookPart(sheet.name)), 'xl/workbook.xml');
  const lines = Readable.from(sheetPart(sheet), { objectMode: false });
  zip.addReadStream(lines, 'xl/worksheets/sheet1.xml');
  const breakOff = (error: Error) => output.destroy(error);
  lines.on('error', breakOff);
  zip.on('error', breakOff);
  // Whoever fetches it may go away.
  output.on('close', () => lines.destroy());
  zip.end();
  return output;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const [PLAIN, BOLD] = [0, 1];

const PARTS: readonly (readonly [path: string, content: string])[] = [
  [
    '[Content_Types].xml',
    `${DECLARATION}<Types xmlns="${PACKAGE}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      '<Default Extension="xml" ContentType="application/xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/>` +
      `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">` +
      `<Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>` +
      `<Relationship Id="rId2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
  ],
  [
    'xl/styles.xml',
    `${DECLARATION}<styleSheet xmlns="${MAIN}">` +
      '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
      '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
      '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
      '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
      '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
      '<cellXfs count="2">' +
      '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment wrapText="1"/></xf>' +
      '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs></styleSheet>',
  ],
];

const workbookPart = (name: string): string =>
  `${DECLARATION}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>` +
  `<sheet name="${escaped(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;

/** Lines go out together: one by one they would be compressed one by one. */
const TOGETHER = 500;

async function* sheetPart({ header, widths, rows }: Sheet): AsyncGenerator<string> {
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`,
  );
  const letters = header.map((_, at) => columnLetters(at));
  let lines = [lineOf(header, 1, letters, BOLD)];
  yield (
    `${DECLARATION}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${columns.join('')}</cols><sheetData>`
  );
  let number = 1;
  for await (const row of rows) {
    number += 1;
    if (number > MOST_ROWS) throw new Error(`a sheet holds ${MOST_ROWS} rows`);
    lines.push(lineOf(row, number, letters, PLAIN));
    if (lines.length < TOGETHER) continue;
    yield lines.join('');
    lines = [];
  }
  yield `${lines.join('')}</sheetData></worksheet>`;
}

function lineOf(row: readonly Cell[], number: number, letters: readonly string[], style: number): string {
  const cells = row.map((cell, at) => {
    if (cell === null || cell === '') return '';
    const place = `r="${letters[at] ?? ''}${number}" s="${style}"`;
    return typeof cell === 'number'
      ? `<c ${place}><v>${cell}</v></c>`
      : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  });
  return `<row r="${number}">${cells.join('')}</row>`;
}

/** A, B, … Z, AA. */
function columnLetters(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : columnLetters(Math.floor(at / 26) - 1) + last;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML can't hold is left out; `_x0041_` would be read as the character of that number. */
const escaped = (text: string): string =>
  text
    // eslint-disable-next-line no-control-regex -- leaving them out is the point
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, '_x005F_')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
