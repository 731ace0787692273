/** The ceremonies of a campaign that have ended, the void ones too (docs/draw-record.md). */
import canonicalize from 'canonicalize';
import * as z from 'zod';
import type { CeremonyLine } from '../../domain/draw/ceremony-lines';
import { hash } from '../../domain/draw/hash';
import type { Manifest } from '../../domain/draw/manifest';
import { isPublicContributor, sealOf } from '../../domain/draw/seed';
import { checkOrder, type GivenValues } from './ceremony';
import { count, readJsonLines, second, text } from './json-lines';
import { schema as manifest } from './manifest';
import { Found, type Add } from './report';
import { instantOf } from './texts';

const instant = z.string().refine((at) => instantOf(at) !== null, '时间写法不对');
const schema = z.strictObject({
  campaign: text,
  ceremony: count,
  previous: z.string().nullable(),
  outcome: z.enum(['void', 'cancelled', 'drawn']),
  reason: z.string().nullable(),
  withheld: z.array(text),
  at: second,
  commitment: text,
  manifest,
  frozen: z.string().nullable(),
  seals: z.array(z.strictObject({ contributor: text, seal: text, sealed_at: instant })),
  values: z.array(
    z.strictObject({ contributor: text, value: text, source: z.string().nullable(), revealed_at: instant }),
  ),
  bundle: z.string().nullable(),
});

/** What is being verified beside the ceremonies. */
export interface OwnCeremony {
  manifest: Manifest;
  commitment: string;
  /** SHA-256 of the bundle, or of frozen.zip. */
  archive: string;
  isFrozen: boolean;
}

export function readCeremonies(content: Buffer, own: OwnCeremony, add: Add): CeremonyLine[] {
  const { campaign, frozen_at } = own.manifest;
  const lines = readJsonLines(content, '仪式记录', schema, add);
  const ceremonies: CeremonyLine[] = [];
  let previous: string | null = null;
  lines.forEach(({ value: one, digest }, index) => {
    const where = `第 ${index + 1} 次仪式`;
    const before = ceremonies.at(-1);
    if (one.campaign !== campaign || one.manifest.campaign !== campaign) add(`${where}属于另一个任务`);
    if (one.ceremony !== index + 1) {
      add(`仪式记录第 ${index + 1} 行是第 ${one.ceremony} 次仪式：隐去了一次，或换过位置`);
    }
    if (one.previous !== previous) add(`${where}没有接在前一次之后：前面的内容被改过`);
    if (one.commitment !== hash(canonicalize(one.manifest) ?? '')) {
      add(`${where}的承诺值不是清单的 SHA-256`);
    }
    if (ceremonies.some((other) => other.commitment === one.commitment)) {
      add(`${where}用了先前一次仪式的清单：重来必须重新冻结`);
    }
    if (before && before.outcome !== 'void') add(`${where}之前的一次没有作废，不应再有仪式`);
    if (before && isBefore(one.manifest.frozen_at, before.at)) add(`${where}在前一次作废之前就已冻结`);
    ceremonies.push(one);
    previous = digest;
  });
  if (!own.isFrozen) return ceremonies;
  const listed = ceremonies.find((one) => one.commitment === own.commitment);
  const last = ceremonies.at(-1);
  if (listed) {
    if (listed.frozen !== own.archive) {
      add(`第 ${listed.ceremony} 次仪式公布的名录文件指纹是 ${listed.frozen ?? '（没有）'}，不是这个文件`);
    }
  } else if (last && (last.outcome !== 'void' || isBefore(frozen_at, last.at))) {
    add('这份名录不属于任何一次仪式：有一次仪式被隐去');
  }
  return ceremonies;
}

/** The last line is the ceremony of this bundle. */
export function checkDrawnCeremony(
  ceremonies: readonly CeremonyLine[],
  own: OwnCeremony,
  given: GivenValues | null,
  add: Add,
): void {
  const last = ceremonies.at(-1);
  if (last?.outcome !== 'drawn') throw new Found('仪式记录的最后一次不是抽取成功的那一次');
  if (last.commitment !== own.commitment || last.bundle !== own.archive) {
    add('仪式记录的最后一次不是这个文件包');
  }
  const { seals, values } = last;
  if (canonicalize({ seals, values }) !== canonicalize({ seals: given?.seals, values: given?.values })) {
    add(`第 ${last.ceremony} 次仪式的封存值或随机值与文件包里的不同`);
  }
}

/** Each void ceremony names exactly those who withheld, and has drawn nothing. */
export function checkVoid(ceremonies: readonly CeremonyLine[], add: Add): void {
  for (const one of ceremonies) {
    const say: Add = (problem) => add(`第 ${one.ceremony} 次仪式：${problem}`);
    checkValues(one, say);
    checkTimes(one, say);
    checkOutcome(one, say);
  }
}

function checkValues(
  { commitment, manifest: { contributors }, seals, values }: CeremonyLine,
  add: Add,
): void {
  const sealOfOne = new Map(seals.map((one) => [one.contributor, one.seal]));
  const given = [seals, values].map((list) => list.map((one) => one.contributor));
  if (given.some((list) => new Set(list).size < list.length)) throw new Found('有人封存或揭示了两次');
  if (given.flat().some((who) => !contributors.includes(who)) || seals.some(isOfPublic)) {
    add('有清单以外的一方封存或揭示');
  }
  for (const { contributor, value } of values) {
    if (isPublicContributor(contributor)) continue;
    const seal = sealOfOne.get(contributor);
    if (seal === undefined) add(`${contributor} 没有封存就揭示了`);
    else if (seal !== sealOf(commitment, contributor, value)) {
      add(`${contributor} 揭示的值与它的封存值不符`);
    }
  }
}

function checkTimes({ manifest: { frozen_at }, seals, values, at }: CeremonyLine, add: Add): void {
  const sealed = seals.map((one) => one.sealed_at);
  const revealed = values.filter((one) => !isOfPublic(one)).map((one) => one.revealed_at);
  const last = values.filter(isOfPublic).map((one) => one.revealed_at);
  checkOrder([[frozen_at], sealed, revealed, last], add);
  if ([frozen_at, ...sealed, ...revealed, ...last].some((time) => isBefore(at, time))) {
    add('结束时间早于它的封存或揭示');
  }
}

function checkOutcome(one: CeremonyLine, add: Add): void {
  const { outcome, withheld, seals, values } = one;
  const departments = one.manifest.contributors.filter((who) => !isPublicContributor(who));
  const unsealed = departments.filter((who) => !seals.some((seal) => seal.contributor === who));
  const unrevealed = departments.filter((who) => !values.some((value) => value.contributor === who));
  const missing = unsealed.length > 0 ? unsealed : unrevealed;
  const namesOf = (list: readonly string[]) => list.join('、') || '（没有人）';
  if (outcome === 'void') {
    if (missing.length === 0 || withheld.join('\n') !== missing.join('\n')) {
      add(`没有封存或揭示的是 ${namesOf(missing)}，记录点名 ${namesOf(withheld)}`);
    }
    if (unsealed.length > 0 && values.length > 0) add('封存还不齐，却已有人揭示');
    if (values.some(isOfPublic)) add('揭示还不齐，却已登记公共随机值');
  } else if (withheld.length > 0) add(`没有作废，却点名 ${namesOf(withheld)}`);
  const isDrawn = outcome === 'drawn';
  if ((one.bundle !== null) !== isDrawn) add(isDrawn ? '没有文件包' : '没有抽取，却有文件包');
  if ((one.reason === null) !== isDrawn) add('原因不对');
}

const isOfPublic = ({ contributor }: { contributor: string }) => isPublicContributor(contributor);
/** By whole seconds. */
const isBefore = (a: string, b: string) => a.slice(0, 19) < b.slice(0, 19);
