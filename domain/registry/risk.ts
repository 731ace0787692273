/** What credit officers record about an entity that changes how often it should be drawn. */
export const FLAGS = ['abnormal-operations', 'serious-violation', 'dishonesty', 'good-credit'] as const;
export type Flag = (typeof FLAGS)[number];
export const FLAG_NAMES: ReadonlyMap<string, string> = new Map<Flag, string>([
  ['abnormal-operations', '经营异常'],
  ['serious-violation', '严重违法'],
  ['dishonesty', '失信'],
  ['good-credit', '守信'],
]);
export type RiskClass = 'A' | 'B' | 'C' | 'D';

const CLASSES: readonly RiskClass[] = ['A', 'B', 'C', 'D'];
/** Founded complaints of a year from which the class is raised. */
const COMPLAINTS_THAT_RAISE = 3;

/**
 * The class an entity is drawn in (plan 3.3): a serious violation or dishonesty record puts it into D; the
 * abnormal-operations list and repeated complaints raise its class by one each; good credit lowers it by one where
 * nothing raises it.
 */
export function drawClass(declared: RiskClass, flags: readonly string[], complaints: number): RiskClass {
  return classReasons(declared, flags, complaints).at(-1)?.to ?? declared;
}

export interface ClassReason {
  because: Flag | 'complaints';
  to: RiskClass;
}

/** How the class for the draw came to be, step by step from the declared one; empty where nothing moves it. */
export function classReasons(
  declared: RiskClass,
  flags: readonly string[],
  complaints: number,
): ClassReason[] {
  const worst = (['serious-violation', 'dishonesty'] as const).filter((flag) => flags.includes(flag));
  if (worst.length > 0) return worst.map((because) => ({ because, to: 'D' }));
  const raising = [
    ...(flags.includes('abnormal-operations') ? (['abnormal-operations'] as const) : []),
    ...(complaints >= COMPLAINTS_THAT_RAISE ? (['complaints'] as const) : []),
  ];
  const at = CLASSES.indexOf(declared);
  if (raising.length > 0) return raising.map((because, step) => ({ because, to: classAt(at + step + 1) }));
  return flags.includes('good-credit') ? [{ because: 'good-credit', to: classAt(at - 1) }] : [];
}

const classAt = (at: number): RiskClass => CLASSES[Math.min(CLASSES.length - 1, Math.max(0, at))] ?? 'B';
