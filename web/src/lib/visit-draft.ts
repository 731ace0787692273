/** What an inspector has filled in and not sent yet; it outlives a closed tab and a dead connection. */
export interface VisitDraft {
  visitOn: string | null;
  items: Record<string, ItemDraft>;
  savedAt: string;
}

export interface ItemDraft {
  resultCode?: number | undefined;
  opinion?: string | undefined;
  answers?: Record<string, AnswerDraft | null | undefined> | undefined;
}

export type AnswerDraft = string | number | boolean | MeasurementDraft;

export interface MeasurementDraft {
  value?: number | null;
  instrument?: string;
}

const placeOf = (userId: number, visitId: number) => `onevisit.draft.${userId}.${visitId}`;

export function readDraft(userId: number, visitId: number): VisitDraft | null {
  try {
    return JSON.parse(localStorage.getItem(placeOf(userId, visitId)) ?? 'null') as VisitDraft | null;
  } catch {
    return null;
  }
}

export const writeDraft = (userId: number, visitId: number, draft: VisitDraft): void =>
  localStorage.setItem(placeOf(userId, visitId), JSON.stringify(draft));

export const dropDraft = (userId: number, visitId: number): void =>
  localStorage.removeItem(placeOf(userId, visitId));
