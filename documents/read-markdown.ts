/** The few parts of Markdown that documents are made of; all else stands there as it was written. */
import { lexer, type Token, type Tokens } from 'marked';
import type { Align, Block, Run } from './tree';

/** Blocks by their word behind the three backticks, as officials write them. */
const FENCES = { 签名: 'signatures', 落款: 'seal' } as const;
const QR = '二维码';

export function readMarkdown(markdown: string, unmark: (text: string) => string): Block[] {
  const runs = (tokens: readonly Token[] | undefined): Run[] => joined(runsOf(tokens ?? [], unmark));
  return lexer(markdown, { gfm: true, breaks: true }).flatMap((token): Block[] => {
    switch (token.type) {
      case 'heading': {
        const { depth, tokens } = token as Tokens.Heading;
        return [{ kind: 'heading', level: depth === 1 || depth === 2 ? depth : 3, runs: runs(tokens) }];
      }
      case 'paragraph':
        return [{ kind: 'paragraph', runs: runs((token as Tokens.Paragraph).tokens) }];
      case 'blockquote':
        return (token as Tokens.Blockquote).tokens.flatMap((inside) =>
          inside.type === 'paragraph'
            ? [{ kind: 'note', runs: runs((inside as Tokens.Paragraph).tokens) }]
            : [],
        );
      case 'list': {
        const { ordered, items } = token as Tokens.List;
        return [
          {
            kind: 'list',
            isOrdered: ordered,
            items: items.map((item) => runs(item.tokens.flatMap((one) => textsIn(one)))),
          },
        ];
      }
      case 'table':
        return [tableOf(token as Tokens.Table, runs)];
      case 'code':
        return fenceOf(token as Tokens.Code, unmark);
      case 'hr':
        return [{ kind: 'rule' }];
      case 'space':
        return [];
      default:
        return [{ kind: 'paragraph', runs: [{ text: unmark(token.raw.trim()) }] }];
    }
  });
}

/** A table whose heads are all empty has none. */
function tableOf(table: Tokens.Table, runs: (tokens: readonly Token[] | undefined) => Run[]): Block {
  const head = table.header.map((cell) => runs(cell.tokens));
  return {
    kind: 'table',
    head: head.every((cell) => cell.length === 0) ? null : head,
    align: table.align.map((align): Align => align ?? 'left'),
    rows: table.rows.map((row) => row.map((cell) => runs(cell.tokens))),
  };
}

function fenceOf({ lang, text, raw }: Tokens.Code, unmark: (text: string) => string): Block[] {
  const lines = text
    .split('\n')
    .map((line) => unmark(line).trim())
    .filter((line) => line !== '');
  const word = lang?.trim() ?? '';
  if (word === QR) return lines.length === 0 ? [] : [{ kind: 'qr', text: lines.join('') }];
  const kind = FENCES[word as keyof typeof FENCES] as (typeof FENCES)[keyof typeof FENCES] | undefined;
  return kind ? [{ kind, lines }] : [{ kind: 'paragraph', runs: [{ text: unmark(raw) }] }];
}

/** Of an item of a list: its text stands one level further in. */
const textsIn = (token: Token): Token[] =>
  token.type === 'text' ? ((token as Tokens.Text).tokens ?? [token]) : [token];

function runsOf(tokens: readonly Token[], unmark: (text: string) => string, bold = false): Run[] {
  return tokens.flatMap((token): Run[] => {
    const run = (text: string): Run[] => (text === '' ? [] : [{ text, ...(bold ? { bold: true } : {}) }]);
    switch (token.type) {
      case 'strong':
        return runsOf((token as Tokens.Strong).tokens, unmark, true);
      case 'br':
        return run('\n');
      case 'text':
      case 'escape':
        return run(unmark(unescaped((token as Tokens.Text).text)));
      default:
        return run(unmark(token.raw));
    }
  });
}

/** marked hands texts on as they are to stand in HTML. */
const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Neighbours alike are one: a line breaks between words, not between runs. */
function joined(runs: readonly Run[]): Run[] {
  const out: Run[] = [];
  for (const run of runs) {
    const last = out.at(-1);
    if (last && last.bold === run.bold) last.text += run.text;
    else out.push({ ...run });
  }
  return out;
}
