/**
 * The public name of an entity: a household that trades under its owner's bare name is a natural person, and shows
 * its first character only (domain guide, section 3, "Visits and results").
 */
export function publicName(name: string, entityType: string): string {
  const bareName = /^[\p{Script=Han}·]{2,4}$/u.test(name);
  return entityType.includes('个体') && bareName ? `${[...name][0] ?? ''}＊＊` : name;
}
