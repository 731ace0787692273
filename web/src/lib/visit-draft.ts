import type { VisitItem } from '../api/types';
import { dropText, keepText, namesOf, readText } from './vault';

type Method = VisitItem['methods'][number];

/** What an inspector has filled in and not handed in: in the browser first, where it outlives a closed tab and a dead connection. */
export interface VisitDraft {
  visitOn: string | null;
  items: Record<string, ItemDraft>;
  savedAt: string;
  /** By item; what of it is at the server. */
  sync?: Record<string, DraftSync>;
}

export interface DraftSync {
  /** That was seen last; 0: none. */
  revision: number;
  /** Its content, as JSON. */
  stored: string;
  /** Under way, or its answer was lost: it is repeated as it was, under the same key. */
  sending?: { key: string; revision: number; content: DraftContent };
  /** Somebody else saved another version meanwhile, or handed the result in: a person has to decide. */
  stopped?: 'changed' | 'refused';
}

export interface ItemDraft {
  method?: Method | undefined;
  resultCode?: number | undefined;
  opinion?: string | undefined;
  answers?: Record<string, AnswerDraft | null | undefined> | undefined;
}

export type AnswerDraft = string | number | boolean | MeasurementDraft;

export interface MeasurementDraft {
  value?: number | null;
  instrument?: string;
}

export interface DraftContent {
  visitOn: string | null;
  resultCode: number | null;
  opinion: string;
  method: Method | null;
  answers: Record<string, AnswerDraft>;
}

const PREFIX = 'onevisit.draft.';
const placeOf = (userId: number, visitId: number) => `${PREFIX}${userId}.${visitId}`;

export function readDraft(userId: number, visitId: number): VisitDraft | null {
  try {
    return JSON.parse(readText(placeOf(userId, visitId)) ?? 'null') as VisitDraft | null;
  } catch {
    return null;
  }
}

export const writeDraft = (userId: number, visitId: number, draft: VisitDraft): void =>
  keepText(placeOf(userId, visitId), JSON.stringify(draft));

export const dropDraft = (userId: number, visitId: number): void => dropText(placeOf(userId, visitId));

/** At sign-out: what the server has need not stay in the browser, what it has not would be lost (ASVS 5.0 14.3.1). */
export function forgetSavedDrafts(userId: number): void {
  for (const visit of visitsWithDrafts(userId)) {
    const draft = readDraft(userId, visit);
    if (draft && unsavedItems(draft).length === 0) dropDraft(userId, visit);
  }
}

/** The visits of which this person has a draft in this browser. */
export const visitsWithDrafts = (userId: number): number[] =>
  namesOf(`${PREFIX}${userId}.`).map((name) => Number(name.slice(`${PREFIX}${userId}.`.length)));

export function contentOf(
  visitOn: string | null,
  { resultCode, opinion, method, answers }: ItemDraft,
): DraftContent {
  const given = Object.entries(answers ?? {}).filter(
    (entry): entry is [string, AnswerDraft] => entry[1] !== undefined && entry[1] !== null && entry[1] !== '',
  );
  // In one order, so that the same content is the same text.
  given.sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    visitOn,
    resultCode: resultCode ?? null,
    opinion: opinion ?? '',
    method: method ?? null,
    answers: Object.fromEntries(given),
  };
}

export const draftOf = ({ resultCode, opinion, method, answers }: DraftContent): ItemDraft => ({
  resultCode: resultCode ?? undefined,
  opinion,
  method: method ?? undefined,
  answers,
});

/** The same content is the same text, wherever it comes from. */
export const textOf = ({ visitOn, resultCode, opinion, method, answers }: DraftContent): string =>
  JSON.stringify([
    visitOn,
    resultCode,
    opinion,
    method,
    Object.entries(answers).sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

/** Of a visit's draft, the items whose content the server does not have. */
export function unsavedItems({ visitOn, items, sync = {} }: VisitDraft): string[] {
  return Object.entries(items).flatMap(([item, draft]) => {
    const known = sync[item];
    const content = contentOf(visitOn, draft);
    if (isBlank(content) && (known?.revision ?? 0) === 0) return [];
    return known?.stored === textOf(content) ? [] : [item];
  });
}

const isBlank = ({ resultCode, opinion, method, answers }: DraftContent): boolean =>
  resultCode === null && opinion === '' && method === null && Object.keys(answers).length === 0;

export const hasContent = ({ items }: VisitDraft): boolean =>
  Object.values(items).some((draft) => !isBlank(contentOf(null, draft)));

/** What is sent of them: unanswered questions are left out. */
export const givenAnswers = (answers: ItemDraft['answers']) =>
  Object.fromEntries(
    Object.entries(answers ?? {}).flatMap(([key, draft]) => {
      const answer = answerOfDraft(draft);
      return answer === null ? [] : [[key, answer] as const];
    }),
  );

/** Null where nothing was answered: an instrument alone is no measurement. */
function answerOfDraft(draft: AnswerDraft | null | undefined) {
  if (draft === undefined || draft === null || draft === '') return null;
  if (typeof draft !== 'object') return draft;
  const { value, instrument = '' } = draft;
  if (value === undefined || value === null) return null;
  return instrument.trim() === '' ? { value } : { value, instrument };
}
