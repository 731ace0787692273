/** An instant that PostgreSQL wrote into JSON, as the API writes instants. */
export const isoOf = (instant: string): string => new Date(instant).toISOString();
