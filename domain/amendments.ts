/** What may change after a draw, and by which rules (domain guide, section 3, "Plans"; draw protocol, section 3). */
import type { Manifest } from './draw/manifest';
import type { RecordEntry, SupplementEntry } from './draw/record';
import { sampleSize } from './draw/sample-size';
import { groupBy } from './group-by';
import { partWords } from './policies/parts';
import { conflict, forbidden, invalid, type FieldProblem } from './errors';

export interface StratumWish {
  /** `*` in mode joint. */
  item: string;
  stratum: string;
  ratio_ppm: number;
  minimum: number;
}

export type Amendment =
  | {
      kind: 'replacement';
      inspector: string;
      /** null: all that still owe results. */ visits: number[] | null;
    }
  | { kind: 'supplement'; strata: StratumWish[] };

export type DrawnStratum = SupplementEntry['strata'][number];

/** What is drawn of each stratum now: by the manifest, or by the latest supplement. */
export function standingStrata(manifest: Manifest, record: readonly RecordEntry[]): DrawnStratum[] {
  const supplements = record.filter((entry) => entry.kind === 'supplement');
  const latest = supplements.at(-1);
  if (latest) return latest.strata;
  return manifest.strata.map(({ item, stratum, ratio_ppm, minimum, sample }) => ({
    item,
    stratum,
    ratio_ppm,
    minimum,
    sample,
  }));
}

/**
 * The strata after a supplementary draw: nothing already drawn is ever dropped, so no ratio and no minimum may fall.
 * Throws `invalid` with the line that is wrong.
 */
export function extendedStrata(
  manifest: Manifest,
  standing: readonly DrawnStratum[],
  wishes: readonly StratumWish[],
): DrawnStratum[] {
  const problems: FieldProblem[] = wishes.flatMap((wish, at) => {
    const now = standing.find((one) => one.item === wish.item && one.stratum === wish.stratum);
    const field = `strata.${at}`;
    if (!now) return [{ field, message: `本次抽取没有分层“${stratumName(wish)}”。` }];
    if (wish.ratio_ppm < now.ratio_ppm || wish.minimum < now.minimum) {
      return [
        {
          field,
          message: `补充抽取只能提高：${stratumName(now)}现为 ${now.ratio_ppm / 10_000} %、至少 ${now.minimum} 户，不能再低。`,
        },
      ];
    }
    return [];
  });
  if (problems.length > 0) {
    throw invalid('bad-supplement', problems.map((problem) => problem.message).join(''), problems);
  }
  const extended = standing.map((now) => {
    const wish = wishes.findLast((one) => one.item === now.item && one.stratum === now.stratum);
    if (!wish) return now;
    const { ratio_ppm, minimum } = wish;
    return { ...now, ratio_ppm, minimum, sample: sampleSize(sizeOf(manifest, now), ratio_ppm, minimum) };
  });
  if (extended.every((one, at) => one.sample === standing[at]?.sample)) {
    throw conflict('nothing-to-add', '按这些比例不会多抽一户：请再提高比例。');
  }
  return extended;
}

/** The strata with the sizes of their populations, which a supplement doesn't change. */
export const sizedStrata = (manifest: Manifest, strata: readonly DrawnStratum[]) =>
  strata.map((one) => ({ ...one, size: sizeOf(manifest, one) }));

/** Who gave up a place in the department's team of a visit before: nobody comes back to one that they left. */
export function leaversOf(
  record: readonly RecordEntry[],
): (place: { visit: number; department: string }) => string[] {
  const left = groupBy(
    record.flatMap((entry) =>
      entry.kind === 'replacement'
        ? entry.changes.map((place) => ({ ...place, inspector: entry.inspector }))
        : entry.changes,
    ),
    ({ visit, department }) => `${visit}\n${department}`,
  );
  return ({ visit, department }) => (left.get(`${visit}\n${department}`) ?? []).map((one) => one.inspector);
}

const stratumName = ({ item, stratum }: { item: string; stratum: string }): string =>
  `${item === '*' ? '' : `${item} `}${partWords(stratum)}`;

const sizeOf = (manifest: Manifest, of: { item: string; stratum: string }): number =>
  manifest.strata.find((one) => one.item === of.item && one.stratum === of.stratum)?.size ?? 0;

/** Whoever the record has taken out for the rest of the campaign. */
export const takenOut = (record: readonly RecordEntry[]): Set<string> =>
  new Set(
    record.flatMap((entry) =>
      entry.kind === 'replacement' && entry.scope === 'all' ? [entry.inspector] : [],
    ),
  );

/** Why a request can't be decided, or not again; what to do where the change is still needed. */
export const decidedAlready = (decision: { status: string; decidedBy: string | null }) =>
  conflict(
    'amendment-decided',
    `这项申请已由 ${decision.decidedBy ?? ''} ${decision.status === 'approved' ? '批准并执行' : '处理：不批准'}，不能再处理；如仍需变更，请重新申请。`,
  );

export const ownAmendment = () =>
  forbidden('own-submission', '申请人不能处理自己的申请，请由另一人批准或不批准。');

export const alreadyPublished = () =>
  conflict('already-published', '已有结果公示，不能再补充抽取；需要扩大抽查的，请新建任务。');

export const AMENDMENT_LABELS: Record<Amendment['kind'], string> = {
  replacement: '替换检查人员',
  supplement: '补充抽取',
};
