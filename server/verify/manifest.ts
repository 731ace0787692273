import canonicalize from 'canonicalize';
import * as z from 'zod';
import { byBytes, type Manifest } from '../../domain/draw/manifest';
import { DRAW_PROTOCOL } from '../../domain/names';
import { Found, type Add } from './report';
import { byCells, firstOutOfOrder, instantOf, isCleanText, parseJson } from './texts';

const text = z.string().refine(isCleanText, '应为不含控制字符的规范文本');
const fileName = text.refine((name) => !/[/\\]|^\.\.?$/.test(name), '不能用作文件名');
const count = z.int().min(0);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const frozenFile = z.strictObject({ size: count, digest });

export const schema = z.strictObject({
  protocol: z.literal(DRAW_PROTOCOL),
  campaign: text,
  mode: z.enum(['joint', 'per_item']),
  frozen_at: z.string().refine((at) => instantOf(at) !== null),
  items: z
    .array(
      z.strictObject({
        item: fileName.refine((name) => name !== '*'),
        department: text,
        qualifications: z.array(text),
        population: frozenFile,
      }),
    )
    .min(1),
  strata: z
    .array(
      frozenFile.extend({ item: text, stratum: fileName, ratio_ppm: count, minimum: count, sample: count }),
    )
    .min(1),
  teams: z.array(z.strictObject({ department: text, size: count.min(1) })),
  entities: frozenFile,
  inspectors: frozenFile,
  exclusions: frozenFile,
  contributors: z.array(text),
});

export function readManifest(raw: string, add: Add): Manifest {
  const parsed = schema.safeParse(parseJson(raw, 'manifest.json'));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Found(`清单的 ${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}`);
  }
  const manifest = parsed.data;
  const { items, strata, teams, contributors, mode } = manifest;
  const departments = teams.map((team) => team.department);
  for (const [what, list] of [
    ['事项', items.map((one) => one.item)],
    ['部门', departments],
    ['随机值提供方', contributors],
  ] as const) {
    if (firstOutOfOrder(list, byBytes) !== null) add(`${what}没有排序，或有重复`);
  }
  if (
    firstOutOfOrder(
      strata.map((one) => [one.item, one.stratum]),
      byCells,
    ) !== null
  )
    add('层没有排序，或有重复');
  if (contributors.length < 2) add('至少要有两方提供随机值');
  for (const { item, department } of items) {
    if (!departments.includes(department)) throw new Found(`事项 ${item} 的部门 ${department} 没有队伍人数`);
  }
  for (const { item, stratum } of strata) {
    const fits = mode === 'joint' ? item === '*' : items.some((one) => one.item === item);
    if (!fits) throw new Found(`层 ${item}/${stratum} 与方式 ${mode} 不合`);
  }
  if (canonicalize(manifest) !== raw) {
    add('清单不是 RFC 8785 规范写法：同样的内容只允许一种写法');
  }
  return manifest;
}
