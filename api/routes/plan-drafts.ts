import { readCountedKinds } from '../../db/counted-kinds';
import { listRegions } from '../../db/organisation';
import {
  deletePlanDraft,
  insertPlanDraft,
  listPlanDrafts,
  readPlanDraft,
  updatePlanDraft,
  type PlanDraftRow,
} from '../../db/plan-drafts';
import { ratioPolicies } from '../../db/ratio-policies';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, notFound } from '../../domain/errors';
import { assertComplete } from '../../domain/plan-rules';
import { planStrata } from '../../domain/policies/plan-strata';
import { PRESET } from '../../domain/policies/ratio-rows';
import { previewPlan } from '../../domain/simulation/plan-preview';
import { planDraftsContract as contract } from '../contract/plan-drafts';
import { departmentNamer } from '../department-namer';
import { implement } from '../implement';
import { askedItems, rounded } from '../policies/outcome-of';

/** More are not being written, but forgotten. */
const MOST = 20;

export const planDraftRoutes = [
  implement(contract.previewPlan, async ({ body }, { db, now }) => {
    const [regions, departmentOf, items, inForce] = await Promise.all([
      listRegions(db),
      departmentNamer(db),
      askedItems(db, body.items),
      ratioPolicies.inForce(db, dayOf(now())),
    ]);
    const table = inForce ?? PRESET;
    const regionNames = new Map(regions.map(({ code, name }) => [code, name]));
    const { strata, problems } = planStrata(table, body.regions, body.ratios, regionNames);
    assertComplete(problems);
    const preview = previewPlan(await readCountedKinds(db), {
      ...{ mode: body.mode, regions: body.regions, items, strata, industries: table.industries },
      teamSizeOf: (department) => body.teams.find((team) => team.department === department)?.size ?? 2,
    });
    const ratios = new Map(strata.map(({ stratum, ratioPpm }) => [stratum, ratioPpm]));
    return {
      population: preview.population,
      visits: rounded(preview.visits),
      apart: rounded(preview.apart),
      strata: preview.strata.map((one) => ({
        ...{ ...one, visits: rounded(one.visits), ratioPpm: ratios.get(one.stratum) ?? 0 },
      })),
      departments: preview.departments.map(({ department, visits, personVisits }) => ({
        department: departmentOf(department),
        visits: rounded(visits),
        personVisits: rounded(personVisits),
      })),
    };
  }),

  implement(contract.listPlanDrafts, async ({ actor }, { db }) => ({
    rows: (await listPlanDrafts(db, actor.id)).map(draftOf),
  })),

  implement(contract.createPlanDraft, ({ body, actor }, { db, now }) =>
    db.transaction(async (trx) => {
      const kept = await listPlanDrafts(trx, actor.id);
      if (kept.length >= MOST) {
        throw conflict('too-many-drafts', `已有 ${MOST} 份没有写完的方案：请先删除不用的，再开始新的。`);
      }
      return draftOf(await insertPlanDraft(trx, actor.id, { ...body, at: now() }));
    }),
  ),

  implement(contract.readPlanDraft, async ({ params, actor }, { db }) => {
    const draft = await readPlanDraft(db, actor.id, params.id);
    if (!draft) throw noDraft(params.id);
    return draftOf(draft);
  }),

  implement(contract.savePlanDraft, ({ params, body, actor }, { db, now }) =>
    db.transaction(async (trx) => {
      const { revision, ...content } = body;
      const saved = await updatePlanDraft(
        trx,
        actor.id,
        { id: params.id, revision },
        { ...content, at: now() },
      );
      if (saved) return draftOf(saved);
      if (!(await readPlanDraft(trx, actor.id, params.id))) throw noDraft(params.id);
      throw conflict(
        'draft-changed',
        '这份方案在另一个窗口里改过，本窗口的修改没有保存。请重新打开，以免盖过那边的内容。',
      );
    }),
  ),

  implement(contract.dropPlanDraft, async ({ params, actor }, { db }) => {
    if ((await deletePlanDraft(db, actor.id, params.id)) === 0) throw noDraft(params.id);
    return undefined;
  }),
];

const noDraft = (id: number) => notFound('draft-not-found', `您没有编号为 ${id} 的未完成方案，或已经删除。`);

const draftOf = (row: PlanDraftRow) => ({
  id: row.id,
  content: row.content as never,
  step: row.step,
  revision: row.revision,
  savedAt: row.saved_at.toISOString(),
});
