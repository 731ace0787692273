/** For so long after a factor was given nobody is asked again who they are. */
const RECENT_MS = 5 * 60_000;

/** Whether it is still the person who gave it that sits there, before sessions end or a factor changes (ASVS 5.0 7.5.1, 7.5.2). */
export const isRecentProof = (provenAt: Date | null, now: Date): boolean =>
  provenAt !== null && now.getTime() - provenAt.getTime() <= RECENT_MS;
