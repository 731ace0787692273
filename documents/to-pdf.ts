import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import pdfmake, { type Content, type Definition } from 'pdfmake';
import { columnShares, isIndented, leastHeight, linesOf } from './columns';
import { shownBy } from './glyphs';
import type { Block, DocumentTree, Run } from './tree';

const MM = 72 / 25.4;
/** A4 and the room for type as GB/T 9704 has it for official documents, a little more of it for tables. */
const MARGINS: [number, number, number, number] = [26 * MM, 28 * MM, 24 * MM, 24 * MM];
const WIDTH = 210 * MM - MARGINS[0] - MARGINS[2];
const BODY = 11;
const PADDING = 4;
const LINE = 0.6;

const FILES = {
  normal: require.resolve('@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf'),
  bold: require.resolve('@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf'),
};

let fonts: fontkit.Font[] | null = null;

/** Read once in a process: they are large. */
const loadFonts = (): fontkit.Font[] =>
  (fonts ??= Object.values(FILES).map((file) => fontkit.create(readFileSync(file)) as fontkit.Font));

/** A PDF with the glyphs that it uses embedded, so that it looks the same everywhere. */
export async function toPdf(given: DocumentTree): Promise<Uint8Array> {
  const tree = shownBy(given, loadFonts());
  pdfmake.setFonts({ Serif: FILES });
  // Nothing of a template or of what somebody wrote names a file or an address.
  pdfmake.setLocalAccessPolicy((file) => Object.values(FILES).includes(file));
  pdfmake.setUrlAccessPolicy(() => false);
  return pdfmake.createPdf(definitionOf(tree)).getBuffer();
}

const definitionOf = (tree: DocumentTree): Definition => ({
  pageSize: 'A4',
  pageMargins: MARGINS,
  language: 'zh-CN',
  info: { title: tree.title, creator: 'OneVisit', producer: 'OneVisit' },
  defaultStyle: { font: 'Serif', fontSize: BODY, lineHeight: 1.25 },
  footer: (page, pages) => ({
    margin: [MARGINS[0], 20, MARGINS[2], 0],
    fontSize: 8,
    color: '#444444',
    columns: [
      { text: tree.origin, width: '*' },
      { text: `第 ${page} 页　共 ${pages} 页`, width: 'auto' },
    ],
  }),
  // A heading goes with what it is about.
  pageBreakBefore: (node, nodes) => node.headlineLevel === 2 && nodes.getFollowingNodesOnPage().length === 0,
  content: tree.parts.map((part, at): Content => ({
    stack: part.map(contentOf),
    ...(at > 0 ? { pageBreak: 'before' } : {}),
  })),
});

const texts = (runs: readonly Run[]) => runs.map(({ text, bold }) => ({ text, ...(bold ? { bold } : {}) }));

function contentOf(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return headingOf(block);
    case 'paragraph':
      return {
        stack: linesOf(block.runs).map((line) => ({
          text: texts(line),
          leadingIndent: isIndented(line) ? 2 * BODY : 0,
          alignment: 'justify',
          margin: [0, 0, 0, 3],
        })),
        margin: [0, 2, 0, 2],
      };
    case 'note':
      return { text: texts(block.runs), fontSize: 8.5, color: '#444444', margin: [0, 4, 0, 4] };
    case 'list': {
      const items = block.items.map((item) => ({
        text: texts(item),
        margin: [0, 0, 0, 2] as [number, number, number, number],
      }));
      return { ...(block.isOrdered ? { ol: items } : { ul: items }), margin: [0, 2, 0, 4] };
    }
    case 'table':
      return tableOf(block);
    case 'signatures':
      return { unbreakable: true, margin: [0, 14, 0, 0], stack: block.lines.map(signatureOf) };
    case 'seal':
      return sealOf(block.lines);
    case 'qr':
      return { qr: block.text, fit: 88, alignment: 'center', margin: [0, 8, 0, 6] };
    case 'rule':
      return line(WIDTH, { margin: [0, 6, 0, 6] });
  }
}

function headingOf({ level, runs }: Extract<Block, { kind: 'heading' }>): Content {
  const text = texts(runs);
  if (level === 1)
    return { text, fontSize: 20, bold: true, alignment: 'center', margin: [0, 2, 0, 8], headlineLevel: 1 };
  if (level === 2) return { text, fontSize: 12.5, bold: true, margin: [0, 8, 0, 4], headlineLevel: 2 };
  return { text, alignment: 'center', margin: [0, 0, 0, 6] };
}

function tableOf({ head, align, rows }: Extract<Block, { kind: 'table' }>): Content {
  const shares = columnShares(head, rows);
  const room = WIDTH - shares.length * (2 * PADDING + LINE) - LINE;
  const cell = (runs: readonly Run[], at: number, isHead: boolean): Content => ({
    text: texts(runs).map((run) => (isHead ? { ...run, bold: true } : run)),
    alignment: isHead ? 'center' : (align[at] ?? 'left'),
    ...(isHead ? { fillColor: '#f0f2f4' } : {}),
  });
  const body = rows.map((row) =>
    row.map((runs, at) => cell(runs, at, head === null && row.length > 1 && at === 0)),
  );
  const heights = [...(head === null ? [] : [0]), ...rows.map((row) => leastHeight(head, row))];
  return {
    fontSize: 9.5,
    margin: [0, 3, 0, 6],
    table: {
      headerRows: head === null ? 0 : 1,
      keepWithHeaderRows: head === null ? 0 : 1,
      dontBreakRows: true,
      widths: shares.map((share) => share * room),
      heights: (at: number) => heights[at] ?? 0,
      body: head === null ? body : [head.map((runs, at) => cell(runs, at, true)), ...body],
    },
    layout: {
      hLineWidth: () => LINE,
      vLineWidth: () => LINE,
      hLineColor: () => '#555555',
      vLineColor: () => '#555555',
      paddingLeft: () => PADDING,
      paddingRight: () => PADDING,
      paddingTop: () => 2.5,
      paddingBottom: () => 2,
    },
  };
}

const line = (length: number, more: object = {}): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: length, y2: 0, lineWidth: LINE }],
  ...more,
});

const signatureOf = (who: string): Content => ({
  columns: [
    { text: `${who.replace(/[：:]$/, '')}：`, width: 'auto' },
    line(150, { width: 156, margin: [0, 13, 0, 0] }),
    { text: '日期：', width: 'auto' },
    line(95, { width: 100, margin: [0, 13, 0, 0] }),
  ],
  margin: [0, 7, 0, 7],
});

/** The seal covers the name of who issues the document and its day. */
const sealOf = ([who = '', ...rest]: readonly string[]): Content => ({
  unbreakable: true,
  margin: [WIDTH / 2, 34, 0, 24],
  stack: [
    { text: [{ text: who }, { text: '（印章）', color: '#777777' }], alignment: 'center' },
    ...rest.map((text): Content => ({ text, alignment: 'center', margin: [0, 3, 0, 0] })),
  ],
});
