/** What the verification of a bundle says, check by check; the same ids as the other verifiers use. */
export const CHECKS = [
  ['archive', '压缩包完整，文件不多不少', 'the archive is whole, no file is missing or to spare'],
  ['sums', 'SHA256SUMS 与每个文件相符', 'SHA256SUMS fits every file'],
  ['manifest', '清单格式规范、唯一', 'the manifest is well-formed and canonical'],
  ['populations', '名录与清单的指纹和户数相符，排序无重复', 'populations: digests, sizes, order'],
  ['partition', '各层不重不漏，正好是各事项对象的全体', 'strata and items hold the same entities, once each'],
  ['samples', '抽取户数按比例计算无误', 'sample sizes follow from the ratios'],
  ['pool', '检查人员名单和回避名单与指纹相符', 'inspectors and exclusions: format and digests'],
  [
    'contributions',
    '封存值、随机值与承诺值相符，公共随机值最后登记',
    'seals, values and their order fit the commitment',
  ],
  ['seed', '种子由各方随机值算出', 'the seed follows from the values'],
  ['drawn', '抽中的正是号码最小的那些户', 'drawn are exactly the smallest tickets'],
  ['visits', '一户一次上门，编号和事项无误', 'one visit per entity, numbers and items'],
  ['rules', '派员不违反任何规则', 'no rule of the assignment is broken'],
  ['complete', '能派满的都已派满', 'no slot is needlessly unfilled'],
  ['workload', '最忙的人已是最少的可能', 'the largest workload is the smallest possible'],
  ['matching', '派员可由种子逐一复算', 'the assignment is what the seed gives'],
  ['published', '与事先公布的承诺值、文件包指纹一致', 'fits what was published before'],
  ['chain', '公开记录逐行相连，接在这个文件包之后', 'the record is an unbroken chain from this bundle on'],
  ['replacements', '替换的人员都是按号码递补的，没有人挑选', 'who replaces whom follows from the seed'],
  ['supplement', '补充抽取只增不减，户、事项、人员都可复算', 'supplementary draws only add, by the seed'],
  ['ceremonies', '历次仪式编号连续，没有隐去的一次', 'ceremonies are numbered on, none is hidden'],
  ['void', '作废的仪式：谁没有封存或揭示，点名无误', 'void ceremonies name who withheld'],
] as const;

export type CheckId = (typeof CHECKS)[number][0];

/** Made only where somebody gives what they need. */
const OPTIONAL: readonly CheckId[] = [
  'published',
  'chain',
  'replacements',
  'supplement',
  'ceremonies',
  'void',
];
/** What can be checked of a ceremony that has not drawn. */
const FROZEN: readonly CheckId[] = [
  'archive',
  'sums',
  'manifest',
  'populations',
  'partition',
  'samples',
  'pool',
];

export interface CheckOutcome {
  id: CheckId;
  title: string;
  titleEn: string;
  /** null: not made, because nothing was asked or what it builds on failed. */
  ok: boolean | null;
  problems: string[];
}

/** A check found what makes all that builds on it impossible. */
export class Found extends Error {}

/** Where a check puts what is wrong. */
export type Add = (problem: string) => void;

const SHOWN_PROBLEMS = 20;

export class Report {
  private readonly problems = new Map<CheckId, string[]>();

  /** Makes a check; null where it could not be ended. */
  run<T>(id: CheckId, check: (add: Add) => T): T | null {
    const own = this.problems.get(id) ?? [];
    this.problems.set(id, own);
    const add: Add = (problem) => {
      if (own.length < SHOWN_PROBLEMS) own.push(problem);
    };
    try {
      return check(add);
    } catch (error) {
      // Whatever a bundle breaks a check with, it has not passed it.
      add(error instanceof Found ? error.message : `检查中断 check failed: ${String(error)}`);
      return null;
    }
  }

  outcomes(): CheckOutcome[] {
    return CHECKS.map(([id, title, titleEn]) => {
      const problems = this.problems.get(id);
      return { id, title, titleEn, ok: problems ? problems.length === 0 : null, problems: problems ?? [] };
    });
  }

  /** Everything was checked that can be, and holds; what needs more than the archive, only where it was given. */
  holds(isFrozen: boolean): boolean {
    const mayBeMissing = (id: CheckId) => OPTIONAL.includes(id) || (isFrozen && !FROZEN.includes(id));
    return this.outcomes().every(({ id, ok }) => ok === true || (ok === null && mayBeMissing(id)));
  }
}
