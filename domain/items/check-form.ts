/** A check form as it is kept with a version of its item (plan 3.4). */
export interface CheckFormSection {
  title: string;
  questions: Question[];
}

export interface Question {
  /** Under which answers are kept, whatever becomes of the words. */
  key: string;
  text: string;
  type: 'yes-no' | 'choice' | 'number' | 'text' | 'measurement' | 'signature' | 'photo';
  /** Of a number or a measurement. */
  unit?: string;
  options?: string[];
  /** The range that a measurement should be in, or how many photos are asked for; either end may be open. */
  min?: number;
  max?: number;
  /** What it is measured with. */
  instrument?: string;
  basis?: string;
  standard?: string;
}

/** Enough to show anything, and few enough to be looked at. */
export const MOST_PHOTOS = 20;

export const mostPhotos = ({ max }: Pick<Question, 'max'>): number => max ?? MOST_PHOTOS;
