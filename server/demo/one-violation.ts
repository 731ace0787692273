/** One violation all the way: put on a list, joint punishment answered, taken off again, measures lifted. */
import { dayOf } from '../../domain/deadlines/working-days';
import type { HandlingPolicy } from '../../domain/handling/policy';
import type { ApiClient } from './api-client';
import type { Officials } from './officials';
import type { DemoReporter } from './steps';

export interface DemoCase {
  id: number;
  track: string;
  department: { code: string };
}

interface CaseDetail {
  status: string;
  joint: { id: number; status: string; department: { code: string } }[];
}

/** Acts on entries of both lists in the demo. */
const TOLD = 'JTJ';

export async function carryToRepair(
  officials: Officials,
  one: DemoCase,
  report: DemoReporter,
): Promise<void> {
  await setMeasures(await officials.as('fgw-credit'));
  const department = one.department.code.toLowerCase();
  const liaison = await officials.as(`${department}-liaison`);
  const head = await officials.as(`${department}-approver`);
  const told = await officials.as(`${TOLD.toLowerCase()}-liaison`);
  const take = (who: ApiClient, step: string, facts: Record<string, unknown> = {}) =>
    who.post<CaseDetail>(`/handling-cases/${one.id}/steps`, { step, note: '演示：已核实。', ...facts });

  if (one.track === 'rectification') {
    await take(liaison, 'rectified');
    await take(liaison, 'recheck-failed');
  }
  if (one.track === 'rectification' || one.track === 'penalty') await take(liaison, 'serious');
  const proposed = await take(liaison, 'proposed', {
    facts: '演示：现场检查发现，经复查仍未改正。',
    legalBasis: '演示：名单管理办法',
  });
  if (proposed.status === 'hearing') await take(liaison, 'heard', { statement: '演示：当事人没有异议。' });
  const { joint } = await take(head, 'listing-approved');
  const noticeId = joint.find((notice) => notice.department.code === TOLD)?.id;
  const today = dayOf(new Date());
  await take(told, 'joint-answered', {
    noticeId,
    taken: true,
    measure: '演示：列为重点监管对象',
    actedOn: today,
  });
  await take(liaison, 'repair-requested', { ground: 'repaired', mended: true });
  await take(head, 'repair-approved');
  const { status } = await take(told, 'joint-lifted', { noticeId, actedOn: today });
  report.note(`第 ${one.id} 号案件：列入名单、联合惩戒、移出、解除措施（${status}）`);
}

async function setMeasures(credit: ApiClient): Promise<void> {
  const { rows } = await credit.get<{ rows: { version: number; content: HandlingPolicy }[] }>(
    '/handling-policies',
  );
  const [inForce] = rows;
  if (!inForce) throw new Error('unreachable');
  await credit.post('/handling-policies', {
    basedOn: inForce.version,
    reason: '演示：设置联合惩戒措施，缩短移出期限',
    content: {
      ...inForce.content,
      repairMonths: { 'abnormal-list': 0, 'serious-list': 0 },
      measures: (['abnormal-list', 'serious-list'] as const).map((list) => ({
        list,
        department: TOLD,
        measure: '列为重点监管对象，取消告知承诺办理',
      })),
    },
  });
}
