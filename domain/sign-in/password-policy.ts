/**
 * What a password must be, by one of two standards that contradict each other: ASVS 5.0 chapter 6.2 wants length and no
 * rules of composition or periodic change; GB/T 22239-2019 8.1.4.1 a wants complexity and periodic change.
 */

export const PASSWORD_STANDARDS = ['asvs', 'gbt22239'] as const;

export interface PasswordPolicy {
  standard: (typeof PASSWORD_STANDARDS)[number];
  minLength: number;
  /** null: it stays until there is a reason to change it. */
  maxAgeDays: number | null;
}

/** Long enough for any sentence, short enough to be hashed at no risk. */
export const MAX_PASSWORD_LENGTH = 128;

const KINDS_NEEDED = 3;

/** Of the system itself; the person's own names come on top (ASVS 6.2.11). */
const CONTEXT_WORDS = ['一次查', 'onevisit', '双随机', '一公开', 'yicicha', 'shuangsuiji'];

/** What stands around a common word without making it uncommon: a year, a few digits, an exclamation mark. */
const MOST_AROUND = 6;

export interface PasswordOwner {
  username: string;
  name: string;
}

/** What is wrong with a new password, for its owner to read; null: nothing. `isCommon` knows lower-case words. */
export function passwordProblem(
  password: string,
  owner: PasswordOwner,
  policy: PasswordPolicy,
  isCommon: (word: string) => boolean,
): string | null {
  const length = [...password].length;
  if (length < policy.minLength) return `密码至少 ${policy.minLength} 个字符。`;
  if (length > MAX_PASSWORD_LENGTH) return `密码最多 ${MAX_PASSWORD_LENGTH} 个字符。`;
  const plain = password.toLowerCase();
  const word = [...CONTEXT_WORDS, owner.username, owner.name].find((one) =>
    plain.includes(one.toLowerCase()),
  );
  if (word !== undefined) return `密码不能含有“${word}”：这是别人最先会试的。`;
  if (isCommon(plain) || isCommon(coreOf(plain)) || isRepeated(plain)) {
    return '这个密码太常见，出现在泄露密码的名单中，请换一个。';
  }
  if (policy.standard === 'gbt22239' && kindsIn(password) < KINDS_NEEDED) {
    return '密码须含大写字母、小写字母、数字、其他字符中的至少三种。';
  }
  return null;
}

/** When a password has to be changed; null: never. */
export const passwordExpiry = (changedAt: Date, { maxAgeDays }: PasswordPolicy): Date | null =>
  maxAgeDays === null ? null : new Date(changedAt.getTime() + maxAgeDays * 86_400_000);

function coreOf(plain: string): string {
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return core.length >= 4 && plain.length - core.length <= MOST_AROUND ? core : plain;
}

/** The same few characters over and over. */
const isRepeated = (plain: string): boolean => /^(.{1,4}?)\1+.{0,3}$/u.test(plain);

const kindsIn = (password: string): number =>
  [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u].filter((kind) => kind.test(password)).length;
