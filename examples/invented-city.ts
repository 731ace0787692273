/** A city that does not exist, the same on every machine: no real names, addresses or codes. */
import { checkCharacter } from '../domain/registry/credit-code';
import type { EntityRow } from '../domain/registry/entity-row';
import type { InspectorRow } from '../domain/registry/inspector-row';
import type { ItemRow } from '../domain/registry/item-row';
import type { Flag, RiskClass } from '../domain/registry/risk';
import { DEFAULT_TAG_RULES } from '../domain/registry/tag-rules';
import { tagsOf } from '../domain/registry/tags';
import { DEPARTMENTS, loginsOf, type ExampleDepartment, type ExampleLogin } from './departments';
import { INDUSTRIES, type Industry } from './industries';
import { exampleItems } from './items';
import { randomOf, type Random } from './random';

export interface ExampleRegion {
  code: string;
  name: string;
  parent: string | null;
}

export interface InventedCity {
  /** The code all of it lies under. */
  code: string;
  regions: ExampleRegion[];
  departments: readonly ExampleDepartment[];
  logins: ExampleLogin[];
  entities: EntityRow[];
  inspectors: (InspectorRow & { email: string; regions: string[]; qualifications: string[] })[];
  items: ItemRow[];
}

export interface CityOptions {
  entities?: number;
  /** Certificates run out some years after this day; two have run out before it. YYYY-MM-DD. */
  today?: string;
  /** City whose registry will be tried in place of the invented one: the officials then serve there. */
  area?: string;
}

const PROVINCE: ExampleRegion = { code: '690000', name: '云岭省', parent: null };
const CITY: ExampleRegion = { code: '691100', name: '云溪市', parent: PROVINCE.code };
const COUNTIES = [
  '溪东区',
  '溪西区',
  '望川县',
  '青禾县',
  '石桥县',
  '松岭县',
  '白鹭县',
  '丹枫县',
  '清泉县',
  '长滩县',
];
const MAIL_DOMAIN = 'yunxi.invalid';

export function inventedCity({
  entities = 2000,
  today = '2026-01-01',
  area = CITY.code,
}: CityOptions = {}): InventedCity {
  const regions = [
    PROVINCE,
    CITY,
    ...COUNTIES.map((name, at) => ({ code: String(Number(CITY.code) + at + 1), name, parent: CITY.code })),
  ];
  const counties = regions.slice(2).map((region) => region.code);
  return {
    code: area,
    regions,
    departments: DEPARTMENTS,
    logins: loginsOf(DEPARTMENTS, (at) => personName(1000 + at)),
    entities: entitiesOf(randomOf(20_190_601), entities, counties),
    inspectors: DEPARTMENTS.flatMap((department) =>
      inspectorsOf(department, today, area === CITY.code ? counties : [], area),
    ),
    items: exampleItems(),
  };
}

export const mailAddress = (username: string): string => `${username}@${MAIL_DOMAIN}`;

const FIRST = [
  '云',
  '溪',
  '禾',
  '岚',
  '沐',
  '晨',
  '星',
  '朗',
  '悦',
  '润',
  '锦',
  '霁',
  '澄',
  '栖',
  '榆',
  '皓',
];
const SECOND = [
  '川',
  '和',
  '泰',
  '丰',
  '源',
  '舟',
  '屿',
  '景',
  '航',
  '嘉',
  '诚',
  '林',
  '穗',
  '桥',
  '石',
  '月',
];
const THIRD = ['', '', '里', '坊', '园', '堂', '轩', '记', '达', '兴'];

function entitiesOf(random: Random, count: number, counties: readonly string[]): EntityRow[] {
  const names = new Set<string>();
  return Array.from({ length: count }, (_, at) => entityOf(random, at, random.pick(counties), names));
}

function entityOf(random: Random, at: number, regionCode: string, names: Set<string>): EntityRow {
  const industry = pickIndustry(random);
  const isHousehold = random.percent(industry.households);
  const suffix = random.pick(industry.suffixes);
  const businessScope = random.pick(industry.scopes);
  let name: string;
  do {
    const own = random.pick(FIRST) + random.pick(SECOND) + random.pick(THIRD);
    name = isHousehold ? `云溪${own}${suffix}` : `云溪市${own}${suffix}有限公司`;
    // Large cities have namesakes.
  } while (names.has(name) && names.size < 5000);
  names.add(name);
  const flags = flagsOf(random);
  return {
    creditCode: creditCodeOf(isHousehold ? '92' : '91', regionCode, at),
    name,
    regionCode,
    status: random.percent(2) ? 'revoked' : random.percent(2) ? 'cancelled' : 'active',
    entityType: isHousehold ? '个体工商户' : '有限责任公司',
    businessScope,
    address: `云溪市${random.pick(['东风', '滨河', '文昌', '环城', '青年', '新桥'])}路${String(1 + random.whole(200))}号`,
    establishedOn: `${String(1995 + random.whole(28))}-${two(1 + random.whole(12))}-${two(1 + random.whole(28))}`,
    scopeTags: tagsOf(businessScope, DEFAULT_TAG_RULES).sort(),
    declaredTags: null,
    riskClass: riskOf(random),
    flags,
    complaints: random.percent(6) ? 1 + random.whole(5) : 0,
    industryCode: industry.code,
    contactName: null,
    contactPhone: null,
    listedBy: null,
  };
}

const TOTAL_WEIGHT = INDUSTRIES.reduce((sum, { weight }) => sum + weight, 0);

function pickIndustry(random: Random): Industry {
  let left = random.whole(TOTAL_WEIGHT);
  for (const industry of INDUSTRIES) {
    left -= industry.weight;
    if (left < 0) return industry;
  }
  throw new Error('weights do not add up');
}

function riskOf(random: Random): RiskClass {
  const at = random.whole(100);
  if (at < 25) return 'A';
  if (at < 75) return 'B';
  return at < 93 ? 'C' : 'D';
}

function flagsOf(random: Random): Flag[] {
  if (random.percent(3)) return ['abnormal-operations'];
  if (random.percent(0.5)) return ['serious-violation'];
  return random.percent(4) ? ['good-credit'] : [];
}

const ORGANISATION_WEIGHTS = [3, 7, 9, 10, 5, 8, 4, 2];

/** `kind` and authority, an organisation code with its own check character (GB 11714), and the check character. */
function creditCodeOf(kind: string, regionCode: string, at: number): string {
  // Steps that share no factor with a million reach each number once.
  const body = `MA${String((at * 792_371) % 1_000_000).padStart(6, '0')}`;
  const sum = [...body].reduce(
    (total, character, place) => total + Number.parseInt(character, 36) * (ORGANISATION_WEIGHTS[place] ?? 0),
    0,
  );
  const rest = (11 - (sum % 11)) % 11;
  const first17 = `${kind}${regionCode}${body}${rest === 10 ? 'X' : String(rest)}`;
  return first17 + checkCharacter(first17);
}

const SURNAMES = ['江', '林', '白', '沈', '叶', '秦', '方', '顾', '苏', '陆', '程', '宋'];
const GIVEN = [
  '清和',
  '远山',
  '知夏',
  '云舟',
  '明远',
  '若川',
  '书言',
  '南星',
  '景行',
  '思齐',
  '望舒',
  '怀瑾',
  '以宁',
  '青禾',
  '初晴',
];

/** Invented, and different for each number below 180. */
const personName = (number: number): string =>
  (SURNAMES[number % SURNAMES.length] ?? '') +
  (GIVEN[Math.floor(number / SURNAMES.length) % GIVEN.length] ?? '');

/** What the people of a department are trained for; the first of them have all of it. */
const QUALIFICATIONS: Readonly<Record<string, readonly string[]>> = {
  SCJG: ['drugs', 'food', 'special-equipment'],
  WJW: ['medical'],
  YJJ: ['hazmat'],
  XFJ: ['fire'],
};
const EXPIRED = ['SCJG-0012', 'JTJ-0006'];

function inspectorsOf(
  { code: department, inspectors }: ExampleDepartment,
  today: string,
  counties: readonly string[],
  area: string,
): InventedCity['inspectors'] {
  const offset = DEPARTMENTS.findIndex(({ code }) => code === department) * 13;
  const year = Number(today.slice(0, 4));
  return Array.from({ length: inspectors }, (_, at) => {
    const code = `${department}-${String(at + 1).padStart(4, '0')}`;
    // Four serve the whole city, so that every county has a team; the others serve three counties each.
    const isCityWide = at < 4 || counties.length === 0;
    const served = [0, 3, 6].flatMap((step) => counties[(at + step) % Math.max(1, counties.length)] ?? []);
    const trained = QUALIFICATIONS[department] ?? [];
    return {
      code,
      name: personName(offset + at),
      department,
      certificateNumber: `YX-${department}-${String(2019_000 + at + 1)}`,
      certificateValidUntil: EXPIRED.includes(code)
        ? `${String(year - 1)}-06-30`
        : `${String(year + 1 + (at % 4))}-12-31`,
      regions: isCityWide ? [area] : [...new Set(served)].sort(),
      qualifications: at < 4 ? [...trained] : trained.filter((_, place) => (at + place) % 2 === 0),
      capacity: at % 5 === 4 ? 30 : null,
      status: 'active',
      email: mailAddress(code.toLowerCase()),
    };
  });
}

const two = (number: number): string => String(number).padStart(2, '0');
