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
  if (flags.includes('serious-violation') || flags.includes('dishonesty')) return 'D';
  const raised = Number(flags.includes('abnormal-operations')) + Number(complaints >= COMPLAINTS_THAT_RAISE);
  const moved = raised > 0 ? raised : -Number(flags.includes('good-credit'));
  const at = Math.min(3, Math.max(0, CLASSES.indexOf(declared) + moved));
  return CLASSES[at] ?? declared;
}
