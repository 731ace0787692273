/** Numbers as documents write them. */

export const grouped = (n: number): string => n.toLocaleString('en');

/** Parts per million as per cent: 30000 is 3 %. */
export const ratioText = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))}%`;

/** `87.5%`, or a dash of nothing; never rounded up to all or down to nothing. */
export function percentText(share: number | null): string {
  if (share === null) return '—';
  const tenths = Math.round(share * 1000);
  const shown = share < 1 ? Math.min(tenths, 999) : tenths;
  return `${((share > 0 ? Math.max(shown, 1) : shown) / 10).toFixed(1)}%`;
}
