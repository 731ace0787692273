import type { SearchHit } from '../api/types';
import { dropText, keepText, readText } from './vault';

const PREFIX = 'onevisit.recent.';
const MOST = 8;

/** What somebody opened from the search, the last first: encrypted in the browser, for it names people and firms. */
export function recentFinds(userId: number): SearchHit[] {
  const text = readText(`${PREFIX}${userId}`);
  return text === null ? [] : (JSON.parse(text) as SearchHit[]);
}

export function keepFind(userId: number, found: SearchHit): void {
  const others = recentFinds(userId).filter((one) => one.kind !== found.kind || one.id !== found.id);
  keepText(`${PREFIX}${userId}`, JSON.stringify([found, ...others].slice(0, MOST)));
}

export const forgetFinds = (userId: number): void => dropText(`${PREFIX}${userId}`);
