/** `87.5%`, or a dash of nothing; never rounded up to all or down to nothing. */
export function percentText(share: number | null): string {
  if (share === null) return '—';
  const tenths = Math.round(share * 1000);
  const shown = share < 1 ? Math.min(tenths, 999) : tenths;
  return `${((share > 0 ? Math.max(shown, 1) : shown) / 10).toFixed(1)}%`;
}
