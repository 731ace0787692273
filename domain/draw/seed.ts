import { hash } from './hash';

/** What a department publishes of its secret value before anybody reveals (draw protocol, section 2). */
export const sealOf = (commitment: string, contributor: string, value: string): string =>
  hash(`onevisit-seal/1\n${commitment}\n${contributor}\n${value}`);

/** A sealed value has 16 to 256 printable characters, so that it can't be guessed from its seal. */
export const isSealable = (value: string): boolean =>
  /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]{16,256}$/u.test(value) && value === value.normalize('NFC');

/** Public sources are not sealed: their value is recorded last, with a source a citizen can look up. */
export const isPublicContributor = (contributor: string): boolean => contributor.startsWith('public:');

/** The seed of all tickets, from every contribution in the manifest's order (draw protocol, section 2). */
export function seedOf(
  commitment: string,
  contributions: readonly { contributor: string; value: string }[],
): string {
  const lines = contributions.map(({ contributor, value }) => `${contributor}\t${value}\n`);
  return hash(`onevisit-seed/1\n${commitment}\n${lines.join('')}`);
}
