/**
 * The public value is entered by two persons apart from each other, and counts where they agree (draw protocol,
 * section 2). Where they differ both entries are shown, and both persons enter it again.
 */
import { invalid, type FieldProblem } from '../errors';

export interface PublicEntry {
  value: string;
  /** Of a numbered drawing or round; null for dice. */
  number: string | null;
  /** YYYY-MM-DD of that drawing. */
  drawnOn: string | null;
  /** Where a citizen can look it up: the first person names it. */
  source: string | null;
}

export type RoundOutcome = 'pending' | 'agreed' | 'differing';

export interface PublicRound<E> {
  round: number;
  outcome: RoundOutcome;
  entries: E[];
}

/** Ten dice have 60 million outcomes, more than can be tried while they roll; a value holds 128 at most. */
export const MIN_DICE = 10;
export const MAX_DICE = 128;

export const isDice = (contributor: string): boolean => contributor === 'public:dice';

/** The entry in the form that is compared and recorded; throws with every problem of it. */
export function checkedEntry(
  contributor: string,
  given: { value: string; number?: string | undefined; on?: string | undefined; source?: string | undefined },
  isFirst: boolean,
): PublicEntry {
  const problems: FieldProblem[] = [];
  const source = given.source?.trim() ?? '';
  if (isFirst && source === '') {
    problems.push({ field: 'source', message: '请写明公众可以查证的来源' });
  }
  if (isDice(contributor)) {
    const { value, problem } = diceOf(given.value);
    if (problem !== null) problems.push({ field: 'value', message: problem });
    refuse(problems);
    return { value, number: null, drawnOn: null, source: source || null };
  }
  const value = given.value.normalize('NFC').trim();
  const number = given.number?.normalize('NFC').trim() ?? '';
  if (!/^[^\p{Cc}]{1,256}$/u.test(value)) {
    problems.push({ field: 'value', message: '请填写公布的结果，不能含有控制字符' });
  }
  if (number === '') problems.push({ field: 'number', message: '请填写期号或轮次' });
  if (given.on === undefined) problems.push({ field: 'on', message: '请填写开奖或公布的日期' });
  refuse(problems);
  return { value, number, drawnOn: given.on ?? null, source: source || null };
}

function refuse(problems: readonly FieldProblem[]): void {
  if (problems.length > 0) {
    throw invalid('bad-public-value', `${problems.map((one) => one.message).join('；')}。`, problems);
  }
}

/** Pips in the order of the throws, `3,1,4,…`, however they were typed. */
function diceOf(text: string): { value: string; problem: string | null } {
  const pips = [...text.normalize('NFKC').replace(/[\s,、;.]/g, '')];
  const wrong = pips.findIndex((pip) => !/^[1-6]$/.test(pip));
  const problem =
    wrong >= 0
      ? `第 ${wrong + 1} 颗“${pips[wrong] ?? ''}”不是 1 至 6 的点数`
      : pips.length < MIN_DICE
        ? `至少掷 ${MIN_DICE} 颗（次）骰子，现有 ${pips.length} 个点数`
        : pips.length > MAX_DICE
          ? `至多 ${MAX_DICE} 个点数，现有 ${pips.length} 个`
          : null;
  return { value: pips.join(','), problem };
}

/** Entries by rounds, each with what came of it. */
export function roundsOf<E extends PublicEntry & { round: number }>(entries: readonly E[]): PublicRound<E>[] {
  const rounds = [...new Set(entries.map((entry) => entry.round))].sort((a, b) => a - b);
  return rounds.map((round) => {
    const own = entries.filter((entry) => entry.round === round);
    return { round, entries: own, outcome: outcomeOf(own) };
  });
}

function outcomeOf([first, second]: readonly PublicEntry[]): RoundOutcome {
  if (!first || !second) return 'pending';
  const agree =
    first.value === second.value && first.number === second.number && first.drawnOn === second.drawnOn;
  return agree ? 'agreed' : 'differing';
}

/** What is recorded as the source of an agreed value. */
export const sourceOf = ({ number, drawnOn, source }: PublicEntry): string =>
  number === null ? (source ?? '') : `${source ?? ''}，第 ${number} 期（${drawnOn ?? ''}）`;
