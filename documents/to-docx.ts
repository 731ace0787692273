import {
  AlignmentType,
  Document,
  Footer,
  HeightRule,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Tab,
  TabStopType,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  UnderlineType,
  VerticalAlignTable,
  WidthType,
  type FileChild,
  type IParagraphOptions,
} from 'docx';
import { columnShares, isIndented, leastHeight, linesOf } from './columns';
import type { Align, Block, DocumentTree, Run } from './tree';

/** Twentieths of a point, as the format counts. */
const MM = 1440 / 25.4;
const POINT = 20;
const SIDES = { left: 26 * MM, right: 24 * MM };
const WIDTH = 210 * MM - SIDES.left - SIDES.right;
const BODY = 22;

/** What every office's computer has; a program without them takes its own. */
const SONG = {
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  eastAsia: 'SimSun',
  cs: 'Times New Roman',
};
const HEI = { ...SONG, eastAsia: 'SimHei' };

const ALIGN = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
} as const satisfies Record<Align, string>;

/** A document that officials edit on: its fonts are those of their computer, so that no character is lost. */
export async function toDocx(tree: DocumentTree): Promise<Uint8Array> {
  const document = new Document({
    title: tree.title,
    creator: 'OneVisit',
    styles: { default: { document: { run: { font: SONG, size: BODY, language: { eastAsia: 'zh-CN' } } } } },
    numbering: {
      config: [
        {
          reference: 'ordered',
          levels: [
            {
              level: 0,
              format: LevelFormat.DECIMAL,
              text: '%1.',
              alignment: AlignmentType.LEFT,
              style: { paragraph: { indent: { left: 480, hanging: 360 } } },
            },
          ],
        },
      ],
    },
    sections: tree.parts.map((part) => ({
      properties: {
        page: {
          size: { width: Math.round(210 * MM), height: Math.round(297 * MM) },
          margin: { top: 28 * MM, bottom: 24 * MM, footer: 12 * MM, ...SIDES },
        },
      },
      footers: { default: footerOf(tree.origin) },
      children: part.flatMap(childrenOf),
    })),
  });
  return Packer.toBuffer(document);
}

const footerOf = (origin: string) =>
  new Footer({
    children: [
      new Paragraph({
        tabStops: [{ type: TabStopType.RIGHT, position: Math.round(WIDTH) }],
        children: [
          new TextRun({ text: origin, size: 16, color: '444444' }),
          new TextRun({
            children: [new Tab(), '第 ', PageNumber.CURRENT, ' 页　共 ', PageNumber.TOTAL_PAGES, ' 页'],
            size: 16,
            color: '444444',
          }),
        ],
      }),
    ],
  });

interface Look {
  size?: number;
  bold?: boolean;
  color?: string;
  font?: typeof SONG;
}

/** Lines of a cell or heading break where the text has a line break. */
const runsOf = (runs: readonly Run[], look: Look = {}): TextRun[] =>
  runs.flatMap((run) => {
    const own: Look = run.bold ? { ...look, bold: true } : look;
    return run.text
      .split('\n')
      .map((text, at) => new TextRun({ ...own, text, ...(at > 0 ? { break: 1 } : {}) }));
  });

const paragraph = (children: readonly TextRun[], options: Omit<IParagraphOptions, 'children'> = {}) =>
  new Paragraph({ spacing: { line: 312 }, ...options, children });

function childrenOf(block: Block): FileChild[] {
  switch (block.kind) {
    case 'heading':
      return [headingOf(block)];
    case 'paragraph':
      return linesOf(block.runs).map((line) =>
        paragraph(runsOf(line), isIndented(line) ? { indent: { firstLine: BODY * POINT } } : {}),
      );
    case 'note':
      return [
        paragraph(runsOf(block.runs, { size: 17, color: '444444' }), { spacing: { before: 80, after: 80 } }),
      ];
    case 'list':
      return block.items.map((item) =>
        paragraph(
          runsOf(item),
          block.isOrdered ? { numbering: { reference: 'ordered', level: 0 } } : { bullet: { level: 0 } },
        ),
      );
    case 'table':
      // Two tables on each other would be one.
      return [tableOf(block), new Paragraph({ spacing: { line: 120 } })];
    case 'signatures':
      return block.lines.map((who) =>
        paragraph(
          [new TextRun(`${who.replace(/[：:]$/, '')}：`), blank(24), new TextRun('　日期：'), blank(14)],
          { spacing: { before: 160, after: 160 }, keepNext: true },
        ),
      );
    case 'seal':
      return sealOf(block.lines);
    case 'qr':
      return [paragraph([new TextRun({ text: block.text, size: 18 })], { alignment: AlignmentType.CENTER })];
    case 'rule':
      return [paragraph([], { border: { bottom: { style: 'single', size: 4, color: '555555' } } })];
  }
}

const blank = (characters: number) =>
  new TextRun({ text: '\u00A0'.repeat(characters * 2), underline: { type: UnderlineType.SINGLE } });

function headingOf({ level, runs }: Extract<Block, { kind: 'heading' }>): Paragraph {
  if (level === 1)
    return paragraph(runsOf(runs, { size: 40, bold: true }), {
      alignment: AlignmentType.CENTER,
      spacing: { before: 40, after: 160 },
      heading: 'Heading1',
    });
  if (level === 2)
    return paragraph(runsOf(runs, { size: 25, bold: true, font: HEI }), {
      spacing: { before: 160, after: 80 },
      keepNext: true,
      heading: 'Heading2',
    });
  return paragraph(runsOf(runs), { alignment: AlignmentType.CENTER, spacing: { after: 120 } });
}

function tableOf({ head, align, rows }: Extract<Block, { kind: 'table' }>): Table {
  const widths = columnShares(head, rows).map((share) => Math.round(share * WIDTH));
  const cell = (runs: readonly Run[], at: number, isHead: boolean) =>
    new TableCell({
      width: { size: widths[at] ?? 0, type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { top: 40, bottom: 40, left: 80, right: 80 },
      ...(isHead ? { shading: { fill: 'F0F2F4' } } : {}),
      children: [
        new Paragraph({
          alignment: isHead ? AlignmentType.CENTER : ALIGN[align[at] ?? 'left'],
          children: runsOf(runs, { size: 19, ...(isHead ? { bold: true } : {}) }),
        }),
      ],
    });
  const heading =
    head === null
      ? []
      : [
          new TableRow({
            tableHeader: true,
            cantSplit: true,
            children: head.map((runs, at) => cell(runs, at, true)),
          }),
        ];
  return new Table({
    width: { size: Math.round(WIDTH), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      ...heading,
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            height: { value: leastHeight(head, row) * POINT, rule: HeightRule.ATLEAST },
            children: row.map((runs, at) => cell(runs, at, head === null && row.length > 1 && at === 0)),
          }),
      ),
    ],
  });
}

const sealOf = ([who = '', ...rest]: readonly string[]): Paragraph[] =>
  [
    [new TextRun(who), new TextRun({ text: '（印章）', color: '777777' })],
    ...rest.map((text) => [new TextRun(text)]),
  ].map((children, at) =>
    paragraph(children, {
      alignment: AlignmentType.CENTER,
      indent: { left: Math.round(WIDTH / 2) },
      keepNext: true,
      spacing: { before: at === 0 ? 700 : 60 },
    }),
  );
