/** Instants as the city reads them: its own time zone, whatever the browser's is. */
export function formatInstant(instant: string, language: string): string {
  return new Intl.DateTimeFormat(language, {
    timeZone: 'Asia/Shanghai',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  }).format(new Date(instant));
}

/** Parts per million as per cent: 30000 is 3 %. */
export const formatRatio = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))}%`;

/** Today's date in the city, YYYY-MM-DD. */
export const today = (now: Date = new Date()): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(now);

/** Whole days between an instant in the past and now, at least 1. */
export const daysSince = (instant: string, now: number): number =>
  Math.max(1, Math.ceil((now - Date.parse(instant)) / 86_400_000));
