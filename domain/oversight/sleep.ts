/**
 * How long oversight sleeps at most: a calendar that was corrected, or a registry that was imported, is noticed within this
 * time. A campaign of months keeps a short history by it.
 */
export const OVERSIGHT_LOOKS_WITHIN_MS = 12 * 3_600_000;
