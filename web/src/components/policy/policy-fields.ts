import dayjs, { type Dayjs } from 'dayjs';
import type { RatioPolicy, RatioPolicyBody } from '../../api/types';
import { today } from '../../lib/format';
import type { Level } from '../../lib/use-stratum-name';

export const CLASSES = ['A', 'B', 'C', 'D'] as const;
export const LEVELS = ['high', 'normal', 'low'] as const satisfies readonly Level[];

type Row = RatioPolicy['rows'][number];
export type PolicyContent = Pick<RatioPolicy, 'rows' | 'industries' | 'trainingRequired'>;
export type IndustryLine = RatioPolicy['industries'][number];

interface Line {
  /** None: the whole city. */
  region?: string;
  /** None: whatever the industry. */
  level?: Level;
  drawClass: (typeof CLASSES)[number];
  percent: number;
  cap: number | null;
}

/** A version as its form holds it. */
export interface PolicyFields {
  city: Line[];
  /** Rows for counties and levels. */
  parts: Line[];
  industries: IndustryLine[];
  trainingRequired: boolean;
  reason: string;
  validFrom: Dayjs;
}

const isOfCity = ({ region, level }: Row): boolean => region === null && level === null;

/** `policy`: the draft that is changed. */
export const fieldsOf = (
  { rows, industries, trainingRequired }: PolicyContent,
  policy: Pick<RatioPolicy, 'reason' | 'validFrom'> | null,
): PolicyFields => ({
  city: rows.filter(isOfCity).map(lineOf),
  parts: rows.filter((row) => !isOfCity(row)).map(lineOf),
  industries,
  trainingRequired,
  reason: policy?.reason ?? '',
  validFrom: dayjs(policy?.validFrom ?? today()),
});

const lineOf = ({ region, level, drawClass, ratioPpm, cap }: Row): Line => ({
  ...(region === null ? {} : { region }),
  ...(level === null ? {} : { level }),
  drawClass,
  percent: ratioPpm / 10_000,
  cap,
});

export const bodyOf = (fields: PolicyFields): RatioPolicyBody => ({
  rows: [...fields.city.map((line, at) => ({ ...line, drawClass: CLASSES[at] ?? 'A' })), ...fields.parts].map(
    ({ region, level, drawClass, percent, cap }) => ({
      region: region ?? null,
      level: level ?? null,
      drawClass,
      ratioPpm: Math.round(percent * 10_000),
      // An emptied field holds nothing.
      cap: cap ?? null,
    }),
  ),
  industries: fields.industries,
  trainingRequired: fields.trainingRequired,
  reason: fields.reason,
  validFrom: fields.validFrom.format('YYYY-MM-DD'),
});
