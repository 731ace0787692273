import { createOversightActivities } from '../activities/oversight';
import type { Bench, Contender } from './support/bench';
import { DUE, startDeadlines, type OpenDeadlines } from './support/open-deadlines';
import { metered } from './support/processor-time';

export const bench: Bench = {
  about:
    'one sweep over open tasks of which 10,000 have reached a step, beside the update that a DBA would write',
  sizeOf: 'open tasks',
  defaultSize: 1_000_000,
  async prepare(size) {
    const deadlines = await startDeadlines(size);
    const plan = await deadlines.planOf(BARE);
    return {
      ours: sweeps(deadlines),
      peers: [bareUpdate(deadlines)],
      check: (outcomes) => {
        for (const [name, moved] of outcomes) {
          if (moved !== DUE) throw new Error(`${name} moved ${String(moved)} tasks of ${DUE}`);
        }
        return `Plan of the bare update:\n${plan}\n\nPlans of ours on tasks:\n${deadlines.plansOfOurs.join('\n\n')}`;
      },
      close: deadlines.close,
    };
  },
};

/** The activity as oversight runs it: the step of every task, the record of it, notices to everybody, what comes next. */
function sweeps({ db, code, now, postmaster, reset, countMoved }: OpenDeadlines): Contender {
  const { sweep } = createOversightActivities({
    db,
    now: () => now,
    startHandling: () => Promise.reject(new Error('no cases here')),
    stepOfCase: () => Promise.reject(new Error('no cases here')),
  });
  return {
    name: 'OneVisit',
    run: async () => {
      await reset();
      const measured = await metered(postmaster, () => sweep(code));
      return { ...measured, outcome: await countMoved() };
    },
  };
}

/** Marks the steps, and nothing else: nobody is told, nothing is recorded. */
const BARE = `
  update tasks t set step_done = due.step
    from (select d.id, max(s.step) as step
            from deadlines d join deadline_steps s on s.deadline_id = d.id
           where d.campaign_id = :campaign and s.at <= :now group by d.id) due
   where t.deadline_id = due.id and t.done_at is null and t.cancelled_at is null and t.step_done < due.step`;

function bareUpdate({ db, campaignId, now, postmaster, reset, countMoved }: OpenDeadlines): Contender {
  return {
    name: 'bare update',
    run: async () => {
      await reset();
      const measured = await metered(postmaster, () => db.raw(BARE, { campaign: campaignId, now }));
      return { ...measured, outcome: await countMoved() };
    },
  };
}
