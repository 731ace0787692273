/** An instant to the second, in the city's time: `2026-04-01 17:00:05`. */
export const formatSecond = (at: Date): string =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** An instant as people read it, in the city's time: `2026-04-01 17:00`. */
export const formatInstant = (at: Date): string => formatSecond(at).slice(0, 16);
