/** The city's defaults for ratio and frequency where no law sets them (plan 3.3; domain guide, section 3). */
export const DEFAULT_RATIOS = [
  { stratum: 'A', ratioPpm: 10_000, minimum: 0 },
  { stratum: 'B', ratioPpm: 30_000, minimum: 0 },
  { stratum: 'C', ratioPpm: 100_000, minimum: 0 },
  { stratum: 'D', ratioPpm: 200_000, minimum: 0 },
] as const;

/** Visits a year per entity over all campaigns of all departments; null: no cap. */
export const DEFAULT_CAP: Record<'A' | 'B' | 'C' | 'D', number | null> = { A: 1, B: 1, C: 2, D: null };

/** `5%`, of parts per million. */
export const percentText = (ppm: number): string => `${ppm / 10_000}%`;

/** The ratio that counts where an item has a stratum of its own: a law's binds, then the item's, else the campaign's (plan 3.3). */
export const itemRatio = (
  item: { statutory_ratio_ppm: number | null; ratio_ppm: number | null },
  campaignRatio: number,
): number => item.statutory_ratio_ppm ?? item.ratio_ppm ?? campaignRatio;
