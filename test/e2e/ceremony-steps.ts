/** The steps of a ceremony as officials take them through the API. */
import { sealOf } from '../../domain/draw/seed';
import type { WebSystem } from '../support/web-system';

export const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ'] as const;
export const DICE = '3 1 4 1 5 2 6 5 3 5';

const secretOf = (department: string) => `the secret of ${department}, long enough`;

interface Detail {
  code: string;
  ceremony: { commitment: string } | null;
}

/** A campaign that is approved, ready for its freeze. */
export async function approvedCampaign(system: WebSystem, more: object = {}): Promise<string> {
  const lead = await system.signedIn('lead');
  const { code } = await lead.get<Detail>('createCampaign', {
    body: {
      name: '餐饮场所联合抽查',
      leadDepartment: 'SCJG',
      regions: ['691100'],
      mode: 'joint',
      items: ['SCJG-001', 'WJW-001', 'XFJ-001'],
      ratios: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm: 100_000, minimum: 1 })),
      visitFrom: '2099-01-05',
      visitTo: '2099-03-31',
      demandsApproval: false,
      ...more,
    },
  });
  await lead.get('submitCampaign', { params: { code } });
  await (await system.signedIn('approver')).get('approveCampaign', { params: { code } });
  return code;
}

export async function freeze(system: WebSystem, code: string): Promise<string> {
  const lead = await system.signedIn('lead');
  await lead.get('freezeCampaign', { params: { code } });
  const { ceremony } = await lead.get<Detail>('readCampaign', { params: { code } });
  return ceremony?.commitment ?? '';
}

export async function seal(system: WebSystem, code: string, commitment: string, department: string) {
  const liaison = await system.signedIn(`${department.toLowerCase()}-liaison`);
  await liaison.get('sealContribution', {
    params: { code },
    body: { department, seal: sealOf(commitment, department, secretOf(department)) },
  });
}

export async function reveal(system: WebSystem, code: string, department: string) {
  const liaison = await system.signedIn(`${department.toLowerCase()}-liaison`);
  await liaison.get('revealContribution', {
    params: { code },
    body: { department, value: secretOf(department) },
  });
}

/** Freeze, all seals, all reveals: the public value comes next. */
export async function revealedCeremony(system: WebSystem, more: object = {}): Promise<string> {
  const code = await approvedCampaign(system, more);
  const commitment = await freeze(system, code);
  for (const department of DEPARTMENTS) await seal(system, code, commitment, department);
  for (const department of DEPARTMENTS) await reveal(system, code, department);
  return code;
}

/** `source` is what the first person names. */
export async function enterDice(
  system: WebSystem,
  code: string,
  who: string,
  value: string,
  source?: string,
) {
  return (await system.signedIn(who)).get<{ note: string }>('recordPublicValue', {
    params: { code },
    body: { contributor: 'public:dice', value, ...(source === undefined ? {} : { source }) },
  });
}

/** The draw is done; nobody has been told of visits yet. */
export async function drawnCampaign(system: WebSystem, more: object = {}): Promise<string> {
  const code = await revealedCeremony(system, more);
  await enterDice(system, code, 'lead', DICE, '政务大厅现场掷骰');
  await enterDice(system, code, 'supervisor', DICE);
  await (await system.signedIn('lead')).get('drawCampaign', { params: { code } });
  return code;
}
