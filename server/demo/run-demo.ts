/** A whole joint campaign by scripted officials, through the public API. */
import { randomInt } from 'node:crypto';
import { dayOf, shift } from '../../domain/deadlines/working-days';
import { sealOf } from '../../domain/draw/seed';
import { covers } from '../../domain/regions/covers';
import type { ApiClient } from './api-client';
import {
  DEMO_DEPARTMENTS,
  DEMO_ITEM,
  DEMO_RATIOS,
  DEMO_WITNESSES,
  ITEMS_PER_DEPARTMENT,
  secondsPolicy,
} from './demo-plan';
import { newSecret, type Officials } from './officials';
import { carryToRepair, type DemoCase } from './one-violation';
import { inParallel, waitFor, type DemoReporter } from './steps';
import { inspect, type DemoVisit } from './visits';

export interface DemoFile {
  kind: 'entities' | 'inspectors';
  name: string;
  content: Buffer;
}

export interface DemoOptions {
  files: readonly DemoFile[];
  mode: 'joint' | 'per_item';
  /** What the inspectors get for their results; the late department passes it. */
  resultsSeconds: number;
}

export interface Import {
  id: number;
  kind: string;
  fileName: string;
  status: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  progress: number;
  failure: string | null;
  rowsRead: number;
  added: number;
  changed: number;
  unchanged: number;
  refused: number;
}

export interface Refusal {
  rowNumber: number;
  column: string;
  value: string;
  message: string;
}

export interface CarriedCampaign {
  code: string;
  imports: (Import & { refusals: Refusal[] })[];
  lateDepartment: string;
  urgingOrder: string;
  cases: number;
  bulletin: string;
}

export interface DemoOutcome extends CarriedCampaign {
  population: number;
  merging: { visits: number; visitsApart: number; saved: number };
  unfilledSlots: number;
  published: number;
  mails: MailCounts;
}

interface MailCounts {
  byKind: { kind: string; label: string; notices: number; mails: number }[];
  byStatus: { status: string; count: number }[];
}

interface Campaign {
  code: string;
  stage: string;
  ceremony: { commitment: string; unfilledSlots: number; strata: { size: number }[] } | null;
}

export async function runDemo(
  officials: Officials,
  options: DemoOptions,
  report: DemoReporter,
): Promise<DemoOutcome> {
  const carried = await carryCampaign(officials, options, report);
  const { code } = carried;
  const [lead, supervisor] = await Promise.all([officials.as('scjg-lead'), officials.as('dcs-supervisor')]);
  await report.stage('mails');
  const mails = await waitFor(async () => {
    const counts = await mailCounts(supervisor, code);
    const open = counts.byStatus.some(({ status }) => ['waiting', 'created', 'sending'].includes(status));
    return !open && counts;
  }, 'the outbox to empty');
  const final = await lead.get<Campaign>(`/campaigns/${code}`);
  const merging = await officials.anybody().get<DemoOutcome['merging']>(`/public/campaigns/${code}/merging`);
  const published = await officials.anybody().list(`/public/campaigns/${code}/results`);
  return {
    ...carried,
    population: final.ceremony?.strata.reduce((sum, stratum) => sum + stratum.size, 0) ?? 0,
    merging,
    unfilledSlots: final.ceremony?.unfilledSlots ?? 0,
    published: published.length,
    mails,
  };
}

/** All of it but the waiting for its mails. */
export async function carryCampaign(
  officials: Officials,
  options: DemoOptions,
  report: DemoReporter,
): Promise<CarriedCampaign> {
  const [coordinator, lead, approver, supervisor] = await Promise.all(
    ['scjg-coordinator', 'scjg-lead', 'ldxz-approver', 'dcs-supervisor'].map((name) => officials.as(name)),
  );
  if (!coordinator || !lead || !approver || !supervisor) throw new Error('unreachable');

  await report.stage('import');
  const imports = await importAll(coordinator, options.files, report);
  await report.stage('items');
  await publishItem(officials);

  await report.stage('plan');
  const { code } = await lead.post<Campaign>('/campaigns', await planOf(lead, options));
  report.note(`任务编号 ${code}`);
  const command = (official: ApiClient, path: string, body: Record<string, unknown> = {}) =>
    official.post<{ stage: string; note: string | null }>(`/campaigns/${code}/${path}`, body);

  await report.stage('submit');
  await command(lead, 'submit');
  await command(approver, 'return', { reason: '演示：请补充检查期限的说明' });
  await command(lead, 'submit');
  await report.stage('approve');
  await command(approver, 'approve');

  await report.stage('freeze');
  await command(lead, 'freeze');
  const { ceremony } = await lead.get<Campaign>(`/campaigns/${code}`);
  report.note(`承诺值 ${ceremony?.commitment ?? ''}`);
  await report.stage('seal');
  const secrets = DEMO_DEPARTMENTS.map((department) => ({ department, value: newSecret() }));
  for (const { department, value } of secrets) {
    const liaison = await officials.as(`${department.toLowerCase()}-liaison`);
    await command(liaison, 'seal', {
      department,
      seal: sealOf(ceremony?.commitment ?? '', department, value),
    });
  }
  for (const witness of DEMO_WITNESSES) await lead.post(`/campaigns/${code}/witnesses`, witness);
  await report.stage('reveal');
  for (const { department, value } of secrets) {
    await command(await officials.as(`${department.toLowerCase()}-liaison`), 'reveal', { department, value });
  }
  const dice = Array.from({ length: 16 }, () => randomInt(1, 7)).join(',');
  await command(lead, 'public-value', {
    contributor: 'public:dice',
    value: dice,
    source: '演示：掷骰子 16 次，两人分别登记',
  });
  report.note(
    (await command(supervisor, 'public-value', { contributor: 'public:dice', value: dice })).note ?? '',
  );

  await report.stage('draw');
  report.note((await command(lead, 'draw')).note ?? '');
  await report.stage('dispatch');
  report.note((await command(lead, 'dispatch')).note ?? '');

  await approveInspections(officials, code, report);

  await report.stage('results');
  const visits = await lead.list<DemoVisit>(`/visits?campaign=${code}`);
  const late = lateDepartmentOf(visits);
  await inspect(
    officials,
    visits,
    DEMO_DEPARTMENTS.filter((department) => department !== late),
    report,
  );

  await report.stage('overdue');
  report.note(`${late} 迟迟不交：等待提醒、逾期通知和督办单`);
  // On a slow machine others are late, too, and have orders of their own.
  const order = await waitFor(async () => {
    const orders = await supervisor.list<{ number: string; department: { code: string } }>(
      `/urging-orders?campaign=${code}`,
    );
    return orders.find(({ department }) => department.code === late);
  }, 'an urging order');
  const wasEscalated = async () =>
    (await mailCounts(supervisor, code)).byKind.some((row) => row.kind === 'escalation');
  await waitFor(wasEscalated, 'the escalation');
  await report.stage('urging');
  const liaison = await officials.as(`${late.toLowerCase()}-liaison`);
  await liaison.post(`/urging-orders/${order.number}/answer`, {
    answer: '演示：人员集中培训，今日内补录完毕。',
  });
  await supervisor.post(`/urging-orders/${order.number}/accept`, { note: '同意，限今日完成。' });

  await report.stage('late');
  await inspect(officials, visits, [late], report);
  await waitFor(
    async () => (await lead.get<Campaign>(`/campaigns/${code}`)).stage === 'results_in',
    'all results',
  );

  await report.stage('handling');
  const cases = await settleCases(officials, supervisor, code, report);
  await report.stage('publish');
  report.note((await command(lead, 'publish')).note ?? '');
  await report.stage('close');
  await command(lead, 'close');

  await report.stage('bulletin');
  const bulletin = await issueBulletin(supervisor, approver);
  report.note(`通报 ${bulletin} 已发布`);
  return { code, imports, lateDepartment: late, urgingOrder: order.number, cases, bulletin };
}

async function importAll(
  coordinator: ApiClient,
  files: readonly DemoFile[],
  report: DemoReporter,
): Promise<DemoOutcome['imports']> {
  const imports: DemoOutcome['imports'] = [];
  for (const { kind, name, content } of files) {
    const { id } = await coordinator.post<Import>(
      `/registries/${kind}/imports?fileName=${encodeURIComponent(name)}`,
      {
        file: content,
      },
    );
    const run = await waitFor(async () => {
      const now = await coordinator.get<Import>(`/imports/${id}`);
      report.progress(now.progress, 100);
      return now.status !== 'waiting' && now.status !== 'running' && now;
    }, name);
    if (run.status !== 'done') throw new Error(`${name}: ${run.failure ?? run.status}`);
    const refusals = run.refused > 0 ? await coordinator.list<Refusal>(`/imports/${run.id}/refusals`) : [];
    imports.push({ ...run, refusals });
    report.note(
      `${name}：读入 ${run.rowsRead}，新增 ${run.added}，变更 ${run.changed}，未变 ${run.unchanged}，拒绝 ${run.refused}`,
    );
  }
  return imports;
}

/** The demo's own item goes the way of all items: draft, submitted, published by the list office. */
async function publishItem(officials: Officials): Promise<void> {
  const liaison = await officials.as('scjg-liaison');
  const { code, draft } = DEMO_ITEM;
  const known = (await liaison.list<{ code: string; status: string }>('/items?department=SCJG')).find(
    (item) => item.code === code,
  );
  if (!known) await liaison.post('/items', DEMO_ITEM);
  else if (known.status !== 'submitted') await liaison.put(`/items/${code}`, draft);
  if (known?.status !== 'submitted') await liaison.post(`/items/${code}/submit`);
  await (await officials.as('bb-registrar')).post(`/items/${code}/publish`);
}

/** The head of each department approves its inspections: those that give no concern at once, the others by name. */
async function approveInspections(officials: Officials, code: string, report: DemoReporter): Promise<void> {
  let approved = 0;
  for (const department of DEMO_DEPARTMENTS) {
    const head = await officials.as(`${department.toLowerCase()}-approver`);
    const path = `/campaigns/${code}/inspections`;
    const waiting = (
      await head.list<{ state: string; visit: { id: number } }>(`${path}?department=${department}`)
    ).filter((one) => one.state === 'waiting');
    if (waiting.length === 0) continue;
    const visits = waiting.map((one) => one.visit.id);
    await head.post(`${path}/decision`, {
      department,
      decision: 'approve',
      visits,
      note: '演示：同意检查。',
    });
    approved += visits.length;
  }
  report.note(`各部门负责人已批准 ${approved} 项检查 inspections approved`);
}

/** A plan for the invented city, or for whatever areas an imported registry has. */
export async function planOf(lead: ApiClient, options: DemoOptions): Promise<Record<string, unknown>> {
  const today = dayOf(new Date());
  const items = await lead.list<{
    code: string;
    departmentCode: string;
    statutoryRatioPpm: number | null;
    qualifications: string[];
  }>('/items?status=published');
  const { rows: regions } = await lead.get<{ rows: { code: string }[] }>('/regions');
  const codes = regions.map((region) => region.code).filter((region) => region !== '000000');
  // The demo's city; of an imported registry, the areas that no other area of it contains.
  const city = codes.includes('691100') && !codes.some((region) => !covers('690000', region));
  const areas = city
    ? ['691100']
    : codes.filter((region) => !codes.some((other) => other !== region && covers(other, region)));
  return {
    name: `${today} 部门联合“双随机”抽查（演示）`,
    leadDepartment: 'SCJG',
    regions: areas,
    mode: options.mode,
    items: DEMO_DEPARTMENTS.flatMap((department) =>
      items
        .filter((item) => item.departmentCode === department && item.statutoryRatioPpm === null)
        .slice(0, ITEMS_PER_DEPARTMENT)
        .map((item) => item.code),
    ),
    ratios: DEMO_RATIOS,
    visitFrom: today,
    visitTo: shift(today, 30),
    publicContributor: 'public:dice',
    deadlinePolicy: secondsPolicy(options.resultsSeconds),
  };
}

/** The department with the fewest visits keeps the others waiting least. */
function lateDepartmentOf(visits: readonly DemoVisit[]): string {
  const counted = DEMO_DEPARTMENTS.filter((department) => department !== 'SCJG')
    .map((department) => ({
      department,
      count: visits.filter((visit) => visit.items.some((item) => item.department.code === department)).length,
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => a.count - b.count);
  return counted[0]?.department ?? 'SCJG';
}

/** One goes all the way; of the others, rectification orders are carried out and rechecked, and the rest decided. */
async function settleCases(
  officials: Officials,
  supervisor: ApiClient,
  code: string,
  report: DemoReporter,
): Promise<number> {
  const cases = await supervisor.list<DemoCase>(`/handling-cases?campaign=${code}`);
  let done = 0;
  const one = cases.find(({ track }) => track === 'abnormal-list') ?? cases[0];
  if (one) {
    await carryToRepair(officials, one, report);
    report.progress(++done, cases.length);
  }
  const others = cases.filter((each) => each !== one);
  await inParallel(others, 6, async ({ id, track, department }) => {
    const liaison = await officials.as(`${department.code.toLowerCase()}-liaison`);
    const steps = track === 'rectification' ? ['rectified', 'recheck-passed'] : ['decided'];
    for (const step of steps)
      await liaison.post(`/handling-cases/${id}/steps`, { step, note: '演示：已核实。' });
    report.progress(++done, cases.length);
  });
  return cases.length;
}

/** This month's figures so far, drafted, handed in by the supervision office and approved by the leading group. */
async function issueBulletin(supervisor: ApiClient, approver: ApiClient): Promise<string> {
  const today = dayOf(new Date());
  const { number } = await supervisor.post<{ number: string }>('/bulletins', {
    from: `${today.slice(0, 7)}-01`,
    to: today,
  });
  await supervisor.post(`/bulletins/${number}/submit`, {});
  await approver.post(`/bulletins/${number}/approve`, {});
  return number;
}

const mailCounts = (official: ApiClient, code: string) =>
  official.get<MailCounts>(`/mail-counts?campaign=${code}`);
