/** As documents write numbers: 1,240. */
export const grouped = (n: number): string => n.toLocaleString('en');
