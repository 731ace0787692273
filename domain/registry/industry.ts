/** Industries of GB/T 4754-2017: sections and divisions. Groups and classes below them are not listed here. */

interface Section {
  name: string;
  /** The first of its divisions; the others follow it. */
  from: number;
  divisions: readonly string[];
}

const section = (name: string, from: number, divisions: string): Section => ({
  name,
  from,
  divisions: divisions.split(' '),
});

export const INDUSTRY_SECTIONS: Readonly<Record<string, Section>> = {
  A: section('农、林、牧、渔业', 1, '农业 林业 畜牧业 渔业 农、林、牧、渔专业及辅助性活动'),
  B: section(
    '采矿业',
    6,
    '煤炭开采和洗选业 石油和天然气开采业 黑色金属矿采选业 有色金属矿采选业 非金属矿采选业 开采专业及辅助性活动 其他采矿业',
  ),
  C: section(
    '制造业',
    13,
    '农副食品加工业 食品制造业 酒、饮料和精制茶制造业 烟草制品业 纺织业 纺织服装、服饰业 皮革、毛皮、羽毛及其制品和制鞋业 ' +
      '木材加工和木、竹、藤、棕、草制品业 家具制造业 造纸和纸制品业 印刷和记录媒介复制业 文教、工美、体育和娱乐用品制造业 ' +
      '石油、煤炭及其他燃料加工业 化学原料和化学制品制造业 医药制造业 化学纤维制造业 橡胶和塑料制品业 非金属矿物制品业 ' +
      '黑色金属冶炼和压延加工业 有色金属冶炼和压延加工业 金属制品业 通用设备制造业 专用设备制造业 汽车制造业 ' +
      '铁路、船舶、航空航天和其他运输设备制造业 电气机械和器材制造业 计算机、通信和其他电子设备制造业 仪器仪表制造业 ' +
      '其他制造业 废弃资源综合利用业 金属制品、机械和设备修理业',
  ),
  D: section(
    '电力、热力、燃气及水生产和供应业',
    44,
    '电力、热力生产和供应业 燃气生产和供应业 水的生产和供应业',
  ),
  E: section('建筑业', 47, '房屋建筑业 土木工程建筑业 建筑安装业 建筑装饰、装修和其他建筑业'),
  F: section('批发和零售业', 51, '批发业 零售业'),
  G: section(
    '交通运输、仓储和邮政业',
    53,
    '铁路运输业 道路运输业 水上运输业 航空运输业 管道运输业 多式联运和运输代理业 装卸搬运和仓储业 邮政业',
  ),
  H: section('住宿和餐饮业', 61, '住宿业 餐饮业'),
  I: section(
    '信息传输、软件和信息技术服务业',
    63,
    '电信、广播电视和卫星传输服务 互联网和相关服务 软件和信息技术服务业',
  ),
  J: section('金融业', 66, '货币金融服务 资本市场服务 保险业 其他金融业'),
  K: section('房地产业', 70, '房地产业'),
  L: section('租赁和商务服务业', 71, '租赁业 商务服务业'),
  M: section('科学研究和技术服务业', 73, '研究和试验发展 专业技术服务业 科技推广和应用服务业'),
  N: section('水利、环境和公共设施管理业', 76, '水利管理业 生态保护和环境治理业 公共设施管理业 土地管理业'),
  O: section('居民服务、修理和其他服务业', 80, '居民服务业 机动车、电子产品和日用产品修理业 其他服务业'),
  P: section('教育', 83, '教育'),
  Q: section('卫生和社会工作', 84, '卫生 社会工作'),
  R: section('文化、体育和娱乐业', 86, '新闻和出版业 广播、电视、电影和录音制作业 文化艺术业 体育 娱乐业'),
  S: section(
    '公共管理、社会保障和社会组织',
    91,
    '中国共产党机关 国家机构 人民政协、民主党派 社会保障 群众团体、社会团体和其他成员组织 基层群众自治组织及其他组织',
  ),
  T: section('国际组织', 97, '国际组织'),
};

const SECTION_OF = new Map(
  Object.entries(INDUSTRY_SECTIONS).flatMap(([letter, { from, divisions }]) =>
    divisions.map((_, at) => [from + at, letter] as const),
  ),
);

export type IndustryOutcome = { ok: true; code: string } | { ok: false; message: string };

/**
 * Reads `H`, `62`, `H62`, `6210` or `H6210`; the code is always written with its section, so that an industry holds
 * exactly the codes that begin with its own.
 */
export function readIndustry(text: string): IndustryOutcome {
  const parts = /^([A-Z])?(\d{2,4})?$/.exec(text.normalize('NFKC').replace(/\s/g, '').toUpperCase());
  const [, letter, digits = ''] = parts ?? [];
  if (!parts || (letter === undefined && digits === '')) {
    return {
      ok: false,
      message: '行业代码应为国民经济行业分类（GB/T 4754）的门类字母或 2 至 4 位数字，如 H62 或 6210',
    };
  }
  const section = digits === '' ? letter : SECTION_OF.get(Number(digits.slice(0, 2)));
  if (section === undefined || !(section in INDUSTRY_SECTIONS)) {
    return {
      ok: false,
      message: `国民经济行业分类（GB/T 4754）中没有 ${text}：门类为 A 至 T，大类为 01 至 97，请核对`,
    };
  }
  if (letter !== undefined && letter !== section) {
    return { ok: false, message: `大类 ${digits.slice(0, 2)} 属于门类 ${section}，不属于 ${letter}，请核对` };
  }
  return { ok: true, code: section + digits };
}

/** `H6210` → 住宿和餐饮业 / 餐饮业 */
export function industryName(code: string): string {
  const section = INDUSTRY_SECTIONS[code.slice(0, 1)];
  if (!section) return '';
  const division = section.divisions[Number(code.slice(1, 3)) - section.from];
  return code.length < 3 || division === undefined || division === section.name
    ? section.name
    : `${section.name} / ${division}`;
}

/** Sections, each before its divisions. */
export const industryCodes = (): string[] =>
  Object.entries(INDUSTRY_SECTIONS).flatMap(([letter, { from, divisions }]) => [
    letter,
    ...divisions.map((_, at) => `${letter}${String(from + at).padStart(2, '0')}`),
  ]);
