/** In what capacity somebody watches a draw. */
export const WITNESS_CAPACITIES = [
  'congress-deputy',
  'cppcc-member',
  'press',
  'trade-association',
  'notary',
  'citizen',
  'other',
] as const;

export type WitnessCapacity = (typeof WITNESS_CAPACITIES)[number];

export interface Witness {
  capacity: WitnessCapacity;
  name: string;
  organisation: string;
  note: string;
  namePublic: boolean;
}

/** What everybody may know: without consent the capacity alone, since an office can name a person as well. */
export const publicWitness = ({ capacity, name, organisation, namePublic }: Witness) => ({
  capacity,
  name: namePublic ? name : null,
  organisation: namePublic && organisation !== '' ? organisation : null,
});
