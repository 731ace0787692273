import { Population } from '../../domain/draw/population';

export interface CoveredEntity {
  code: string;
  region: string;
  stratum: string;
  items: string[];
}

/** The population of these entities, each of a kind of its own, as it is frozen. */
export function populationOf(entities: readonly CoveredEntity[]): {
  population: Population;
  pieces: Buffer[];
} {
  const sorted = inOrder(entities);
  const population = new Population(
    (kind) => ({ ...(sorted[kind] ?? { region: '', stratum: '', items: [] }), isCapped: false }),
    new Map(),
  );
  const kinds = Buffer.alloc(sorted.length * 4);
  sorted.forEach((_, at) => kinds.writeUInt32BE(at, at * 4));
  const pieces = population.add({ codes: sorted.map((one) => one.code).join(''), kinds });
  return { population, pieces: [...pieces, ...population.end()] };
}

/** As the registry gives them: by the bytes of the code. */
export const inOrder = (entities: readonly CoveredEntity[]): CoveredEntity[] =>
  [...entities].sort((a, b) => Buffer.compare(Buffer.from(a.code), Buffer.from(b.code)));
