/** What is used of pdfmake: its published types bring the browser's globals into the server's. */
declare module 'pdfmake' {
  type Margins = [number, number, number, number];
  type Alignment = 'left' | 'center' | 'right' | 'justify';

  interface Look {
    font?: string;
    fontSize?: number;
    lineHeight?: number;
    bold?: boolean;
    color?: string;
    fillColor?: string;
    alignment?: Alignment;
    margin?: Margins;
    width?: number | '*' | 'auto';
    leadingIndent?: number;
    headlineLevel?: number;
    unbreakable?: boolean;
    pageBreak?: 'before';
  }

  type Text = string | (Look & { text: string })[];

  export type Content = Look &
    (
      | { text: Text }
      | { stack: Content[] }
      | { columns: Content[] }
      | { ul: Content[] }
      | { ol: Content[] }
      | { qr: string; fit: number }
      | { canvas: { type: 'line'; x1: number; y1: number; x2: number; y2: number; lineWidth: number }[] }
      | { table: Table; layout: Layout }
    );

  interface Table {
    headerRows: number;
    keepWithHeaderRows: number;
    dontBreakRows: boolean;
    widths: number[];
    heights: (row: number) => number;
    body: Content[][];
  }

  type Measure<T> = () => T;

  interface Layout {
    hLineWidth: Measure<number>;
    vLineWidth: Measure<number>;
    hLineColor: Measure<string>;
    vLineColor: Measure<string>;
    paddingLeft: Measure<number>;
    paddingRight: Measure<number>;
    paddingTop: Measure<number>;
    paddingBottom: Measure<number>;
  }

  export interface Definition {
    pageSize: 'A4';
    pageMargins: Margins;
    language: string;
    info: Record<'title' | 'creator' | 'producer', string>;
    defaultStyle: Look;
    footer: (page: number, pages: number) => Content;
    pageBreakBefore: (node: Look, nodes: { getFollowingNodesOnPage: () => unknown[] }) => boolean;
    content: Content[];
  }

  const pdfmake: {
    setFonts: (fonts: Record<string, { normal: string; bold: string }>) => void;
    setLocalAccessPolicy: (isAllowed: (file: string) => boolean) => void;
    setUrlAccessPolicy: (isAllowed: (url: string) => boolean) => void;
    createPdf: (definition: Definition) => { getBuffer: () => Promise<Buffer> };
  };
  export default pdfmake;
}
