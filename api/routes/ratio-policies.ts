import type { Knex } from 'knex';
import { readCountedKinds } from '../../db/counted-kinds';
import { readKnownTags } from '../../db/known-tags';
import { listRegions } from '../../db/organisation';
import { ratioPolicies } from '../../db/ratio-policies';
import { dayOf } from '../../domain/deadlines/working-days';
import { forbidden, invalid } from '../../domain/errors';
import { comparePolicies, type RowEffect } from '../../domain/policies/compare-policies';
import { industryProblems } from '../../domain/policies/industry-risk';
import { PRESET, rowProblems, strataFor, type PolicyTable } from '../../domain/policies/ratio-rows';
import { covers } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';
import { regionNamer, type RegionNamer } from '../region-namer';
import { areasOf } from '../areas-of';
import { cappedCsv, cappedPage, cappedWorkbook, type CapScope } from '../capped/capped-entities';
import { ratioPoliciesContract as contract } from '../contract/ratio-policies';
import { implement } from '../implement';
import { askedItems, capScopeOf, outcomeOf, rounded, tableOf } from '../policies/outcome-of';
import { versionCourse } from '../policies/version-course';

const course = versionCourse({
  subject: 'ratio-policy',
  table: ratioPolicies,
  writers: { roles: ['coordinator'], refusal: '由统筹协调人员提交。' },
  shownOf: ({ rows, industries, training_required: trainingRequired }) => ({
    rows: [...rows],
    industries: [...industries],
    trainingRequired,
  }),
  assertContent: async (trx, table) => {
    const regions = new Map((await listRegions(trx)).map((region) => [region.code, region.name]));
    const problems = [
      ...rowProblems(table, regions),
      ...industryProblems(table.industries, await readKnownTags(trx)),
    ];
    if (problems.length > 0)
      throw invalid('policy-rows', problems.map((problem) => problem.message).join(''), problems);
  },
});

const contentOf = (body: PolicyTable & { trainingRequired: boolean }) => ({
  rows: body.rows,
  industries: body.industries,
  training_required: body.trainingRequired,
});

export const ratioPolicyRoutes = [
  implement(contract.listRatioPolicies, async ({ actor }, { db, now }) => ({
    ...(await course.list(db, actor, now())),
    preset: [...PRESET.rows],
  })),

  implement(contract.listPolicyStrata, async ({ query }, { db, now }) => {
    const inForce = await ratioPolicies.inForce(db, dayOf(now()));
    const regionOf = await regionNamer(db);
    return {
      version: inForce?.version ?? null,
      rows: strataFor(inForce ?? PRESET, query.regions).map(shownPart(regionOf)),
    };
  }),

  implement(contract.createRatioPolicy, (request, { db, now }) =>
    course.create(db, request, contentOf(request.body), now()),
  ),

  implement(contract.editRatioPolicy, (request, { db, now }) =>
    course.edit(db, request, contentOf(request.body), now()),
  ),

  implement(contract.decideRatioPolicy, (request, { db, now }) => course.decide(db, request, now())),

  implement(contract.tryRatioPolicy, async ({ params, body }, { db, now }) => {
    const table = await tableOf(db, params.version);
    const question = { items: await askedItems(db, body.items), regions: body.regions };
    return outcomeOf(db, question, table, { today: dayOf(now()), kinds: await readCountedKinds(db) });
  }),

  implement(contract.compareRatioPolicies, async ({ params, body }, { db, now }) => {
    const versions = {
      before: await tableOf(db, params.version),
      after: await tableOf(db, body.other),
    };
    const question = { items: await askedItems(db, body.items), regions: body.regions };
    const facts = { today: dayOf(now()), kinds: await readCountedKinds(db) };
    const regionOf = await regionNamer(db);
    const shown = (effect: RowEffect) => ({
      ...shownPart(regionOf)(effect),
      visits: rounded(effect.visits),
    });
    return {
      before: await outcomeOf(db, question, versions.before, facts),
      after: await outcomeOf(db, question, versions.after, facts),
      differences: comparePolicies(facts.kinds, question.items, body.regions, versions).map((one) => ({
        ...one,
        before: shown(one.before),
        after: shown(one.after),
      })),
    };
  }),

  implement(contract.listPolicyCapped, async ({ params, query, actor }, { db, now }) => {
    const { cursor, limit, ...asked } = query;
    return cappedPage(db, await cappedBy(db, params.version, asked, actor, now()), { cursor, limit });
  }),

  implement(contract.downloadPolicyCapped, async ({ params, query, actor }, { db, now }) =>
    cappedCsv(db, await cappedBy(db, params.version, query, actor, now()), cappedFile(params.version)),
  ),

  implement(contract.downloadPolicyCappedWorkbook, async ({ params, query, actor }, { db, now }) =>
    cappedWorkbook(db, await cappedBy(db, params.version, query, actor, now()), cappedFile(params.version)),
  ),
];

const shownPart =
  (regionOf: RegionNamer) =>
  <P extends { region: string | null }>(part: P) => ({
    ...part,
    region: part.region === null ? null : regionOf(part.region),
  });

const cappedFile = (version: number): string => `达到年度上限-政策第${version}版`;

/** Names, where a trial gives numbers: of the areas only that the asking person answers for. */
async function cappedBy(
  db: Knex,
  version: number,
  { items, regions }: { items: readonly string[]; regions: readonly string[] },
  actor: Actor,
  now: Date,
): Promise<CapScope> {
  const foreign = regions.filter((region) => !areasOf(actor).some((area) => covers(area, region)));
  if (foreign.length > 0)
    throw forbidden('other-region', `您不负责地区 ${foreign.join('、')}，不能查看那里的名单。`);
  const table = await tableOf(db, version);
  return capScopeOf({ items: await askedItems(db, items), regions }, table, dayOf(now));
}
