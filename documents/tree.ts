/** A document between its template and a file: what both PDF and DOCX are made from. */

/** Text, in which a line may break. */
export interface Run {
  text: string;
  bold?: true;
}

export type Block =
  /** `heading` 1 is the document's own title; 3 stands in the middle, above or below the title. */
  | { kind: 'heading'; level: 1 | 2 | 3; runs: Run[] }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'note'; runs: Run[] }
  | { kind: 'list'; isOrdered: boolean; items: Run[][] }
  /** `head` null: the first column names what stands beside it. */
  | { kind: 'table'; head: Run[][] | null; align: Align[]; rows: Run[][][] }
  /** Who signs by hand, a line each. */
  | { kind: 'signatures'; lines: string[] }
  /** Who issues the document and when, on the right, with room for the seal. */
  | { kind: 'seal'; lines: string[] }
  | { kind: 'qr'; text: string }
  | { kind: 'rule' };

export type Align = 'left' | 'center' | 'right';

export interface DocumentTree {
  title: string;
  /** Which version of which template it was made from. */
  origin: string;
  /** Each begins on a page of its own. */
  parts: Block[][];
}

/** The tree with each text put through `change`. */
export const mapText = (tree: DocumentTree, change: (text: string) => string): DocumentTree => ({
  title: change(tree.title),
  origin: change(tree.origin),
  parts: tree.parts.map((part) => part.map((block) => mapBlock(block, change))),
});

function mapBlock(block: Block, change: (text: string) => string): Block {
  const runs = (of: readonly Run[]): Run[] => of.map((run) => ({ ...run, text: change(run.text) }));
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'note':
      return { ...block, runs: runs(block.runs) };
    case 'list':
      return { ...block, items: block.items.map(runs) };
    case 'table':
      return {
        ...block,
        head: block.head?.map(runs) ?? null,
        rows: block.rows.map((row) => row.map(runs)),
      };
    case 'signatures':
    case 'seal':
      return { ...block, lines: block.lines.map(change) };
    case 'qr':
    case 'rule':
      return block;
  }
}
