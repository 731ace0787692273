/** Versions of a published result: the public reads the newest, and what it replaced (plan 3.5, 4.2). */
import { maskProblem, publicName } from './mask';
import type { CorrectionKind } from './corrections';
import type { Method } from './methods';

export const PUBLICATION_STATUSES = ['published', 'corrected', 'withdrawn'] as const;

export type PublicationStatus = (typeof PUBLICATION_STATUSES)[number];

export interface PublicContent {
  entityName: string;
  resultCode: number;
  /** Null: published before it was kept. */
  method: Method | null;
  visitOn: string;
}

export interface NextVersion {
  status: Exclude<PublicationStatus, 'published'>;
  content: PublicContent;
}

/**
 * The version that an approved request leads to; `wanted`: what the record says now, under the name asked for. Null
 * where the public reads nothing else than before: what was withdrawn comes back by a correction of the publication
 * alone, never by the way.
 */
export function nextVersion(
  kind: CorrectionKind,
  current: { status: PublicationStatus; content: PublicContent },
  wanted: PublicContent,
): NextVersion | null {
  const isWithdrawn = current.status === 'withdrawn';
  if (kind === 'withdrawal') return isWithdrawn ? null : { status: 'withdrawn', content: current.content };
  if (isWithdrawn) return kind === 'result' ? null : { status: 'corrected', content: wanted };
  const isSame = (Object.keys(wanted) as (keyof PublicContent)[]).every(
    (key) => wanted[key] === current.content[key] || current.content[key] === null,
  );
  return isSame ? null : { status: 'corrected', content: wanted };
}

/** Why a name may not stand in public as it is; null: it may. Natural persons are masked. */
export function publicNameProblem(name: string, entityType: string): string | null {
  return publicName(name, entityType) === name
    ? maskProblem(name)
    : '个体工商户以经营者姓名为名称的，公示时须遮盖姓名：只留姓，其余用＊号。';
}
