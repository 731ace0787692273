/**
 * Whether the area of one region code contains another (draw protocol, section 5): a code covers those
 * that begin with it after its trailing pairs of zeros are cut. `610900` covers `610902`.
 */
export const covers = (area: string, region: string): boolean => region.startsWith(prefixOf(area));

/** What every code inside the area begins with: `610900` → `6109`. */
export const prefixOf = (area: string): string => area.replace(/(00)+$/, '');
