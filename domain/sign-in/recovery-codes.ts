/** Letters and digits that nobody confuses on paper. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

export const RECOVERY_CODES = 10;

/** 50 bits, in two halves; `random` gives whole numbers below its argument. */
export function recoveryCode(random: (below: number) => number): string {
  const half = () => Array.from({ length: 5 }, () => LETTERS[random(LETTERS.length)]).join('');
  return `${half()}-${half()}`;
}

/** As it was given out, however it is typed; null: it is none. */
export function readRecoveryCode(typed: string): string | null {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '');
  return /^[A-HJ-NP-Z2-9]{10}$/.test(plain) ? `${plain.slice(0, 5)}-${plain.slice(5)}` : null;
}
