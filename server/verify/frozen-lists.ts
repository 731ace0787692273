/** Populations, entities, inspectors and exclusions against the manifest (draw protocol, sections 1 and 5). */
import type { Exclusion, PoolInspector } from '../../domain/draw/frozen-files';
import { hash } from '../../domain/draw/hash';
import { byBytes, type FrozenFile, type Manifest } from '../../domain/draw/manifest';
import { Found, type Add } from './report';
import { byCells, csvRows, digestOf, firstOutOfOrder, isCleanText, linesOf, textOf } from './texts';

type Files = ReadonlyMap<string, Buffer>;
export type StratumLine = Manifest['strata'][number];

export interface Populations {
  strata: { line: StratumLine; codes: string[] }[];
  /** Codes by item. */
  items: Map<string, string[]>;
}

export interface Pool {
  inspectors: PoolInspector[];
  exclusions: Exclusion[];
}

export const CSV_COLUMNS = {
  'entities.csv': ['code', 'region'],
  'inspectors.csv': ['inspector', 'department', 'regions', 'qualifications', 'capacity'],
  'exclusions.csv': ['inspector', 'code', 'reason'],
  'drawn.csv': ['item', 'stratum', 'rank', 'code', 'ticket'],
  'visits.csv': ['visit', 'code', 'items'],
  'assignments.csv': ['visit', 'department', 'inspector'],
} as const;

const fileOfStratum = ({ item, stratum }: StratumLine): string =>
  `populations/${item === '*' ? '_joint' : item}/${stratum}.txt`;
const fileOfItem = (item: string): string => `populations/${item}/_all.txt`;

/** What a ceremony that has not drawn does not have. */
const DRAWN_FILES = ['contributions.json', 'drawn.csv', 'visits.csv', 'assignments.csv'];

export const isFrozenArchive = (files: Files): boolean => !DRAWN_FILES.some((name) => files.has(name));

export function checkFileSet(manifest: Manifest, files: Files, add: Add): void {
  const isFrozen = isFrozenArchive(files);
  const wanted = [
    ...['manifest.json', 'contributions.json', 'SHA256SUMS', ...Object.keys(CSV_COLUMNS)],
    ...manifest.strata.map(fileOfStratum),
    ...(manifest.mode === 'joint' ? manifest.items.map((one) => fileOfItem(one.item)) : []),
  ].filter((name) => !isFrozen || !DRAWN_FILES.includes(name));
  for (const name of wanted) if (!files.has(name)) add(`缺少文件 ${name}`);
  for (const name of files.keys()) if (!wanted.includes(name)) add(`多出文件 ${name}`);
  if (new Set(wanted).size < wanted.length) add('清单使两个名录同名');
}

export function checkSums(files: Files, add: Add): void {
  const sums = textOf(files, 'SHA256SUMS');
  const listed = new Set<string>();
  if (!sums.endsWith('\n')) add('SHA256SUMS 末行没有换行');
  for (const line of sums.replace(/\n$/, '').split('\n')) {
    const [, digest, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    const content = name === undefined ? undefined : files.get(name);
    if (name === undefined) add(`SHA256SUMS 里有读不懂的一行：${line.slice(0, 80)}`);
    else if (listed.has(name)) add(`SHA256SUMS 两次列出 ${name}`);
    else if (!content) add(`SHA256SUMS 列出的 ${name} 不在包里`);
    else if (digestOf(content) !== digest) add(`${name} 的内容与 SHA256SUMS 不符`);
    listed.add(name ?? '');
  }
  for (const name of files.keys()) {
    if (name !== 'SHA256SUMS' && !listed.has(name)) add(`SHA256SUMS 没有列出 ${name}`);
  }
}

export function readPopulations(manifest: Manifest, files: Files, add: Add): Populations {
  // Items often have the same population: its lines are read once.
  const read = new Map<string, string[]>();
  const load = (name: string, file: FrozenFile): string[] => {
    const text = textOf(files, name);
    const digest = hash(text);
    const codes = read.get(digest) ?? linesOf(text, name, add);
    read.set(digest, codes);
    compareFrozen(name, { size: codes.length, digest }, file, add);
    return codes;
  };
  const strata = manifest.strata.map((line) => ({ line, codes: load(fileOfStratum(line), line) }));
  const items = manifest.items.map(({ item, population }): [string, string[]] => {
    if (manifest.mode === 'joint') return [item, load(fileOfItem(item), population)];
    const codes = strata.filter(({ line }) => line.item === item).flatMap((one) => one.codes);
    codes.sort(byBytes);
    const digest = hash(codes.map((code) => `${code}\n`).join(''));
    compareFrozen(`事项 ${item} 各层合起来`, { size: codes.length, digest }, population, add);
    return [item, codes];
  });
  return { strata, items: new Map(items) };
}

/** Regions by code; every entity is in one stratum, and in no other list than it has to be. */
export function checkPartition(
  manifest: Manifest,
  { strata, items }: Populations,
  files: Files,
  add: Add,
): Map<string, string> {
  const covered = new Set<string>();
  for (const codes of new Set(items.values())) for (const code of codes) covered.add(code);
  const layers = new Map<string, Set<string>>();
  for (const { line, codes } of strata) {
    const layered = layers.get(line.item) ?? new Set();
    layers.set(line.item, layered);
    for (const code of codes) {
      if (layered.has(code)) add(`${code} 同时在两层里，其中一层是 ${line.stratum}`);
      if (!covered.has(code)) add(`${code} 在 ${line.stratum} 层里，却不是任何事项的对象`);
      layered.add(code);
    }
  }
  if (manifest.mode === 'joint') {
    const layered = layers.get('*');
    for (const code of covered) if (!layered?.has(code)) add(`${code} 是事项的对象，却不在任何一层`);
  }
  const rows = csvRows(files, 'entities.csv', CSV_COLUMNS['entities.csv']);
  checkTable('entities', rows, manifest, files, add);
  const at = firstOutOfOrder(rows, ([a], [b]) => byBytes(a, b));
  if (at !== null) add(`entities.csv 第 ${at + 2} 行没有按代码排序，或是重复`);
  const regions = new Map(rows);
  for (const [code, region] of rows) {
    if (!covered.has(code)) add(`entities.csv 里的 ${code} 不是任何事项的对象`);
    if (!isCleanText(region)) add(`${code} 的地区不规范`);
  }
  for (const code of covered) if (!regions.has(code)) add(`entities.csv 里没有 ${code}`);
  return regions;
}

export function readPool(manifest: Manifest, files: Files, add: Add): Pool {
  const rows = csvRows(files, 'inspectors.csv', CSV_COLUMNS['inspectors.csv']);
  const exclusions = csvRows(files, 'exclusions.csv', CSV_COLUMNS['exclusions.csv']);
  checkTable('inspectors', rows, manifest, files, add);
  checkTable('exclusions', exclusions, manifest, files, add);
  if (firstOutOfOrder(rows, (a, b) => byCells([a[1], a[0]], [b[1], b[0]])) !== null) {
    add('inspectors.csv 没有按部门、人员排序，或有重复');
  }
  if (new Set(rows.map(([inspector]) => inspector)).size < rows.length) add('同一个人在名单里出现两次');
  if (firstOutOfOrder(exclusions, byCells) !== null) add('exclusions.csv 没有排序，或有重复');
  const inspectors = rows.map(([inspector, department, regions, qualifications, capacity]) => {
    if (!/^(0|[1-9]\d*)?$/.test(capacity)) throw new Found(`${inspector} 的工作量上限不是数：${capacity}`);
    const lists = [listOf(regions), listOf(qualifications)] as const;
    if (![inspector, department, ...lists.flat()].every(isCleanText))
      add(`${inspector} 的一行有空项或不规范`);
    return {
      inspector,
      department,
      regions: lists[0],
      qualifications: lists[1],
      capacity: capacity === '' ? null : Number(capacity),
    };
  });
  return {
    inspectors,
    exclusions: exclusions.map(([inspector, code, reason]) => ({ inspector, code, reason })),
  };
}

const listOf = (cell: string): string[] => (cell === '' ? [] : cell.split(';'));

function checkTable(
  name: 'entities' | 'inspectors' | 'exclusions',
  rows: readonly unknown[],
  manifest: Manifest,
  files: Files,
  add: Add,
): void {
  const digest = hash(textOf(files, `${name}.csv`));
  compareFrozen(`${name}.csv`, { size: rows.length, digest }, manifest[name], add);
}

function compareFrozen(name: string, actual: FrozenFile, frozen: FrozenFile, add: Add): void {
  if (actual.digest !== frozen.digest) add(`${name} 的指纹与清单不符：冻结之后被改过`);
  if (actual.size !== frozen.size) add(`${name} 有 ${actual.size} 行，清单写 ${frozen.size} 行`);
}
