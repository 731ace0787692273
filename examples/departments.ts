import type { Role } from '../domain/roles';

export interface ExampleDepartment {
  code: string;
  name: string;
  shortName: string;
  kind: 'inspecting' | 'list-registrar' | 'credit' | 'budget' | 'supervision' | 'leading-group';
  inspectors: number;
}

/** Eight departments that inspect, and the offices of plan 4.1 and 4.2. */
export const DEPARTMENTS: readonly ExampleDepartment[] = [
  inspecting('SCJG', '云溪市市场监督管理局', '市场监管局', 12),
  inspecting('WJW', '云溪市卫生健康委员会', '卫健委', 8),
  inspecting('YJJ', '云溪市应急管理局', '应急管理局', 7),
  inspecting('XFJ', '云溪市消防救援支队', '消防救援支队', 7),
  inspecting('WLJ', '云溪市文化和旅游局', '文旅局', 7),
  inspecting('STJ', '云溪市生态环境局', '生态环境局', 7),
  inspecting('ZJJ', '云溪市住房和城乡建设局', '住建局', 6),
  inspecting('JTJ', '云溪市交通运输局', '交通局', 6),
  office('BB', '中共云溪市委机构编制委员会办公室', '编办', 'list-registrar'),
  office('FGW', '云溪市发展和改革委员会', '发改委', 'credit'),
  office('CZJ', '云溪市财政局', '财政局', 'budget'),
  office('DCS', '云溪市人民政府督查室', '督查室', 'supervision'),
  office('LDXZ', '云溪市“双随机、一公开”工作领导小组', '领导小组', 'leading-group'),
];

function inspecting(code: string, name: string, shortName: string, inspectors: number): ExampleDepartment {
  return { code, name, shortName, kind: 'inspecting', inspectors };
}

function office(
  code: string,
  name: string,
  shortName: string,
  kind: ExampleDepartment['kind'],
): ExampleDepartment {
  return { code, name, shortName, kind, inspectors: 0 };
}

export interface ExampleLogin {
  username: string;
  name: string;
  role: Role;
  department: string;
}

/** One login per role; a liaison and a head for each department that inspects. */
export function loginsOf(
  departments: readonly ExampleDepartment[],
  nameAt: (at: number) => string,
): ExampleLogin[] {
  const inspectingCodes = departments.filter(({ kind }) => kind === 'inspecting').map(({ code }) => code);
  const posts: readonly (readonly [string, Role, string])[] = [
    ['coordinator', 'coordinator', 'SCJG'],
    ['lead', 'lead_officer', 'SCJG'],
    ...inspectingCodes.map((code) => ['liaison', 'liaison', code] as const),
    ...inspectingCodes.map((code) => ['approver', 'approver', code] as const),
    ['approver', 'approver', 'LDXZ'],
    ['registrar', 'list_registrar', 'BB'],
    ['credit', 'credit_officer', 'FGW'],
    ['budget', 'budget_officer', 'CZJ'],
    ['supervisor', 'supervisor', 'DCS'],
    ['admin', 'admin', 'SCJG'],
    ['security', 'security_admin', 'SCJG'],
    ['auditor', 'audit_admin', 'SCJG'],
  ];
  return posts.map(([post, role, department], at) => ({
    username: `${department.toLowerCase()}-${post}`,
    name: nameAt(at),
    role,
    department,
  }));
}
