/** By which ways somebody is told, beside the inbox, which has everything (plan 4.4). */
import type { NoticeKind } from './kinds';

/** needed: only what asks something of the person, or says that something is late. */
export interface NoticePreferences {
  mail: 'all' | 'needed';
  messenger: 'all' | 'needed' | 'none';
}

export const USUAL_PREFERENCES: NoticePreferences = { mail: 'all', messenger: 'all' };

/** What is only for information: nothing is owed because of it, and the pages say it as well. */
const FOR_INFORMATION: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'plan-approved',
  'drawn',
  'results-in',
  'published',
  'closed',
  'cancelled',
  'amended',
  'urging-order-withdrawn',
  'answer-decided',
  'extension-decided',
  'bulletin',
]);

export const isForInformation = (kind: NoticeKind): boolean => FOR_INFORMATION.has(kind);

/**
 * The ways on which a notice goes. Whatever people prefer, they may not keep away what is needed: it goes by mail, so that
 * nobody can say that they were not told.
 */
export function waysOf(
  kind: NoticeKind,
  preferences: NoticePreferences,
): { mail: boolean; messenger: boolean } {
  const takes = (choice: 'all' | 'needed' | 'none'): boolean =>
    choice === 'all' || (choice === 'needed' && !isForInformation(kind));
  return { mail: takes(preferences.mail), messenger: takes(preferences.messenger) };
}
