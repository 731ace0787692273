import { isPublicContributor } from './seed';

export const CEREMONY_PHASES = ['sealing', 'revealing', 'public-value', 'ready', 'drawn', 'void'] as const;

/** Where a ceremony stands, as those who watch it count its steps. */
export type CeremonyPhase = (typeof CEREMONY_PHASES)[number];

export function ceremonyPhase(
  status: 'sealing' | 'revealing' | 'drawn' | 'void',
  contributions: readonly { contributor: string; value: string | null }[],
): CeremonyPhase {
  if (status !== 'revealing') return status;
  const open = contributions.filter((one) => one.value === null);
  if (open.some((one) => !isPublicContributor(one.contributor))) return 'revealing';
  return open.length > 0 ? 'public-value' : 'ready';
}
