/** An instant as people read it, in the city's time: `2026-04-01 17:00`. */
export function formatInstant(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
