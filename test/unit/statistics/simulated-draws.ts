/** Registries that were drawn from several times, by the protocol's tickets: seeded, so that each run is the same. */
import { drawLines } from '../../../domain/draw/draw-lines';
import { hash } from '../../../domain/draw/hash';
import { sampleSize } from '../../../domain/draw/sample-size';
import type { PopulationGroup } from '../../../domain/draw/records';
import { countingLine, type DrawnLine, type PastDraw } from '../../../domain/statistics/draws';
import { countPatterns, type Pattern } from '../../../domain/statistics/patterns';

export interface Member extends PopulationGroup {
  code: string;
  region: string;
}

/** Every third is covered by a second item; classes A and B; two counties. */
export const membersOf = (size: number): Member[] =>
  Array.from({ length: size }, (_, at) => ({
    code: `92691100MA${String(at).padStart(8, '0')}`,
    region: at % 5 < 2 ? '691101' : '691102',
    stratum: at % 2 === 0 ? 'A' : 'B',
    items: at % 3 === 0 ? ['FOOD', 'FIRE'].sort() : ['FOOD'],
  }));

const PPM: Readonly<Record<string, number>> = { A: 50_000, B: 150_000 };

export interface SimulatedDraw {
  draw: PastDraw;
  pieces: string[];
  drawn: Set<string>;
}

/** `ticketOf` is where somebody could cheat. */
export function simulateDraw(
  seed: string,
  members: readonly Member[],
  mode: 'joint' | 'per_item' = 'joint',
  ticketOf = (code: string) => hash(`${seed}\nentity\n${code}`),
): SimulatedDraw {
  const lines: DrawnLine[] = (mode === 'joint' ? ['*'] : ['FIRE', 'FOOD']).flatMap((item) =>
    ['A', 'B'].map((stratum) => {
      const { length: size } = members.filter(
        (one) => one.stratum === stratum && (item === '*' || one.items.includes(item)),
      );
      return { item, stratum, size, sample: sampleSize(size, PPM[stratum] ?? 0, 1) };
    }),
  );
  const groups: PopulationGroup[] = [];
  const records = members.map(({ code, region, stratum, items }) => {
    let group = groups.findIndex((one) => one.stratum === stratum && one.items.join() === items.join());
    if (group < 0) group = groups.push({ stratum, items }) - 1;
    return `${code}${region}${String(group).padStart(7, '0')}\n`;
  });
  const counting = new Set(
    groups.map((group) => {
      const line = lines[countingLine(lines, group)];
      return `${group.stratum}/${group.items.join()}/${line?.item ?? ''}`;
    }),
  );
  const itemsOf = new Map(members.map((one) => [one.code, one]));
  const drawn = drawLines(
    members,
    lines.map((line) => ({ ...line, ratio_ppm: 0, minimum: 0 })),
    ticketOf,
  )
    .filter(({ code, item }) => {
      const member = itemsOf.get(code);
      return counting.has(`${member?.stratum ?? ''}/${member?.items.join() ?? ''}/${item}`);
    })
    .map((row) => row.code);
  return {
    draw: {
      ...{ ceremonyId: 1, campaign: seed, campaignName: seed, mode, lines, groups },
      frozenAt: new Date('2026-03-02T01:00:00Z'),
    },
    // Small pieces, so that draws don't keep step.
    pieces: Array.from({ length: Math.ceil(records.length / 7) }, (_, at) =>
      records.slice(at * 7, at * 7 + 7).join(''),
    ),
    drawn: new Set(drawn),
  };
}

export const patternsOf = (draws: readonly SimulatedDraw[]): Promise<Pattern[]> =>
  countPatterns(
    draws.map(({ draw, pieces, drawn }) => ({ pieces: toAsync(pieces), groups: draw.groups.length, drawn })),
  );

async function* toAsync(pieces: readonly string[]): AsyncGenerator<string> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}
