const IN_CITY = { timeZone: 'Asia/Shanghai' } as const;

/** An instant as the city reads it, `2026-03-02 15:04`, whatever the browser's time zone is. */
export const formatInstant = (instant: string): string =>
  // Swedish writes dates as ISO 8601 does.
  new Intl.DateTimeFormat('sv-SE', { ...IN_CITY, dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(instant),
  );

/** The same to the second, `2026-03-02 15:04:05`: the order of a ceremony's steps must show. */
export const formatSecond = (instant: string): string =>
  new Intl.DateTimeFormat('sv-SE', { ...IN_CITY, dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(instant),
  );

/** The time of day in the city, `15:04:05`. */
export const formatTime = (instant: string): string => formatSecond(instant).slice(11);

/** Parts per million as per cent: 30000 is 3 %. */
export const formatRatio = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))}%`;

/** Hundredths of a yuan as people write them: 1,234.50. */
export const formatYuan = (fen: number): string =>
  `¥${(fen / 100).toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;

/** Today's date in the city, YYYY-MM-DD. */
export const today = (now: Date = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', IN_CITY).format(now);

/** Whole days between an instant in the past and now, at least 1. */
export const daysSince = (instant: string, now: number): number =>
  Math.max(1, Math.ceil((now - Date.parse(instant)) / 86_400_000));
