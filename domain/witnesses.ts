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

export const CAPACITY_NAMES: Record<WitnessCapacity, string> = {
  'congress-deputy': '人大代表',
  'cppcc-member': '政协委员',
  press: '新闻媒体',
  'trade-association': '行业协会',
  notary: '公证人员',
  citizen: '群众代表',
  other: '其他',
};

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
