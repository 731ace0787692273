import type { Knex } from 'knex';
import { listPlanLines, type AnnualPlanRow, type PlanLineRow } from '../../db/annual-plans';
import { readPublishedItems } from '../../db/campaigns';
import { readCountedKinds } from '../../db/counted-kinds';
import { advise, proposalOf, type AdvisedLine, type Proposal } from '../../domain/annual-plan/adviser';
import { cellsOf, type CountedKind } from '../../domain/annual-plan/cells';
import { ExpectedVisits } from '../../domain/annual-plan/expected-visits';
import { launchUnits } from '../../domain/annual-plan/launch-units';
import { workingVersion } from '../../domain/annual-plan/stages';
import { partName } from '../../domain/policies/parts';
import { PRESET, rowOf, type PolicyTable } from '../../domain/policies/ratio-rows';
import { ratioPolicies } from '../../db/ratio-policies';
import { regionNamer } from '../region-namer';

/** What the adviser says of the lines that are neither joined nor launched, and what those that were joined save. */
export async function adviceOf(
  db: Knex,
  plan: Pick<AnnualPlanRow, 'year' | 'stage' | 'version'>,
  today: string,
) {
  const policy = (await ratioPolicies.inForce(db, today)) ?? PRESET;
  const lineOf = (row: PlanLineRow) => advisedLineOf(row, policy);
  const rows = await listPlanLines(db, plan.year, workingVersion(plan));
  const kinds = await readCountedKinds(db);
  const items = await readPublishedItems(db, [...new Set(rows.map((row) => row.item))]);
  const cells = cellsOf(
    kinds,
    items.filter((item) => item.version_id !== null),
    rowNameOf(policy),
  );
  const free = rows.filter((row) => row.joint_id === null && row.campaign_code === null);
  const counter = new ExpectedVisits(cells);
  const { proposals, alone } = advise(free.map(lineOf), counter);
  const regionOf = await regionNamer(db);
  const savingOf = (proposal: Proposal) => ({
    ...proposal,
    apart: rounded(proposal.apart),
    joint: rounded(proposal.joint),
    saved: rounded(proposal.apart - proposal.joint),
    savedByRegion: proposal.savedByRegion
      .map(({ region, visits }) => ({ region: regionOf(region), visits: rounded(visits) }))
      .filter(({ visits }) => visits !== 0)
      .sort((a, b) => b.visits - a.visits),
  });
  return {
    entities: kinds.reduce((sum, kind) => sum + kind.size, 0),
    lines: rows.map((row) => ({
      line: row.id,
      visits: rounded(counter.visits([lineOf(row)])),
    })),
    proposals: proposals.map(savingOf),
    joined: launchUnits(rows).flatMap(({ lines }) => {
      const [{ joint_id: jointId }] = lines;
      return jointId === null ? [] : [{ jointId, ...savingOf(proposalOf(lines.map(lineOf), counter)) }];
    }),
    alone,
  };
}

/** Entities of a kind go by one row of the policy, whatever campaign draws them. */
const rowNameOf = (policy: PolicyTable) => (kind: CountedKind) => {
  const row = rowOf(policy, kind);
  return row ? partName(row) : '';
};

/** By the policy where a line has no ratio of its own. */
const advisedLineOf = (row: PlanLineRow, { rows }: PolicyTable): AdvisedLine => ({
  id: row.id,
  department: row.department,
  item: row.item,
  regions: row.region_codes,
  fixedPpm: row.fixed_ppm,
  ratios: Object.fromEntries(rows.map((one) => [partName(one), row.ratio_ppm ?? one.ratioPpm])),
  windowFrom: row.window_from,
  windowTo: row.window_to,
});

const rounded = (visits: number): number => Math.round(visits * 10) / 10;
