import Mustache from 'mustache';
import { markAround } from './fill';
import type { Fields } from './fields';

export interface TemplateProblem {
  line: number;
  column: number;
  message: string;
}

/** What mustache makes of a template: type, name, where it begins and ends, and what stands inside. */
type Token = [type: string, name: string, start: number, end: number, inside?: Token[], insideEnd?: number];

export const MOST_CHARACTERS = 40_000;

/** What is wrong with a template, by line and column; nothing where documents can be made from it. */
export function checkTemplate(template: string, fields: Fields): TemplateProblem[] {
  const at = placeIn(template);
  if (template.trim() === '') return [{ line: 1, column: 1, message: '模板是空的。' }];
  const private_ = markAround(template);
  if (private_ >= 0) return [{ ...at(private_), message: '含有不能使用的私有区字符。' }];
  let tokens: Token[];
  try {
    tokens = Mustache.parse(template) as Token[];
  } catch (error) {
    return [unclosed(error as Error, template)];
  }
  return problemsIn(tokens, [fields], at);
}

function problemsIn(
  tokens: readonly Token[],
  known: readonly Fields[],
  at: (offset: number) => { line: number; column: number },
): TemplateProblem[] {
  return tokens.flatMap((token): TemplateProblem[] => {
    const [type, name, start, , inside = []] = token;
    const problem = (message: string): TemplateProblem => ({ ...at(start), message });
    switch (type) {
      case 'text':
      case '!':
        return [];
      case 'name': {
        const field = find(known, name);
        if (!field) return [problem(unknown(name, known))];
        return field.type === 'list'
          ? [problem(`“${name}”是一组内容，请写成 {{#${name}}} … {{/${name}}}，并在中间写明各栏。`)]
          : [];
      }
      case '#':
      case '^': {
        const field = find(known, name);
        if (!field) return [problem(unknown(name, known))];
        const within = type === '#' && field.type === 'list' ? [field.fields, ...known] : known;
        return problemsIn(inside, within, at);
      }
      default:
        return [problem('只能使用 {{名称}}、{{#名称}} … {{/名称}} 和 {{^名称}} … {{/名称}}。')];
    }
  });
}

const find = (known: readonly Fields[], name: string) =>
  known.find((fields) => Object.hasOwn(fields, name))?.[name];

function unknown(name: string, known: readonly Fields[]): string {
  const names = known.flatMap((fields) => Object.keys(fields));
  return `没有名为“${name}”的内容。此处可以使用：${names.join('、')}。`;
}

/** mustache says in English what is not closed, and where it noticed: people are led to where it begins. */
function unclosed({ message }: Error, template: string): TemplateProblem {
  const [, kind = '', name = '', noticed = ''] = /^(\w+).*?(?: "(.*?)")? at (\d+)$/.exec(message) ?? [];
  const at = placeIn(template);
  const before = template.slice(0, Number(noticed));
  if (kind === 'Unopened')
    return { ...at(Number(noticed)), message: `{{/${name}}} 之前没有对应的 {{#${name}}}。` };
  if (name === '') return { ...at(before.lastIndexOf('{{')), message: '大括号没有成对：缺少 }}。' };
  const begun = [...before.matchAll(/\{\{[#^]\s*(\S+?)\s*\}\}/g)].filter(([, opened]) => opened === name);
  return { ...at(begun.at(-1)?.index ?? Number(noticed)), message: `{{#${name}}} 没有对应的 {{/${name}}}。` };
}

function placeIn(template: string) {
  return (offset: number) => {
    const before = template.slice(0, offset).split('\n');
    return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 };
  };
}
