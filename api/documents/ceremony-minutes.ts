import type { Knex } from 'knex';
import type { DocumentData } from '../../documents/kinds';
import { publicSourceName } from '../../domain/draw/public-source';
import { notFound } from '../../domain/errors';
import { formatInstant, formatSecond } from '../../domain/notices/format';
import { partWords } from '../../domain/policies/parts';
import { ROLE_NAMES } from '../../domain/roles';
import { CAPACITY_NAMES } from '../../domain/witnesses';
import { MODE_NAMES } from '../../domain/campaigns';
import { percentText } from '../../domain/ratio-policy';
import { regionNamer } from '../region-namer';
import { ceremonyRecord } from '../routes/ceremony-record';
import { readPublic } from '../routes/public';
import { grouped } from './numbers';
import type { Wanted } from './wanted';

type CeremonyRecord = Awaited<ReturnType<typeof ceremonyRecord>>;
type Ceremony = NonNullable<CeremonyRecord['ceremony']>;
type Minutes = DocumentData<'ceremony-minutes'>;

const OUTCOMES: Record<Ceremony['phase'], string> = {
  sealing: '进行中（封存）',
  revealing: '进行中（揭示）',
  'public-value': '进行中（公共随机值）',
  ready: '进行中（待抽取）',
  drawn: '抽取完成',
  void: '作废',
};

const ROUND_OUTCOMES = { pending: '待第二人登记', agreed: '两人一致，生效', differing: '两人不一致，作废' };

/** The minutes of a ceremony, from what is public of it. */
export async function minutesOf(
  db: Knex,
  { code, number }: { code: string; number: number },
  publicUrl: string,
): Promise<Wanted<'ceremony-minutes'>> {
  const row = await readPublic(db, code);
  const { campaign, ceremony, publicUrl: url } = await ceremonyRecord(db, row, publicUrl, number);
  if (!ceremony) throw notFound('ceremony-not-found', `任务 ${code} 没有第 ${number} 次抽取仪式。`);
  const regionOf = await regionNamer(db);
  const isDrawn = ceremony.phase === 'drawn';
  return {
    kind: 'ceremony-minutes',
    department: row.lead_department,
    fileName: `抽取仪式记录-${code}-${number}`,
    data: [
      {
        任务名称: campaign.name,
        任务编号: campaign.code,
        次序: String(ceremony.number),
        牵头部门: campaign.leadDepartment,
        参与部门: ceremony.teams.map((team) => `${team.name}（每户 ${team.size} 人）`).join('、'),
        抽查地区: campaign.regions.join('、'),
        检查期限: `${campaign.visitFrom} 至 ${campaign.visitTo}`,
        抽查方式: MODE_NAMES[ceremony.mode],
        冻结名录:
          `检查对象 ${ceremony.entities} 户，检查人员 ${ceremony.inspectors} 人；` +
          `另有 ${ceremony.capped} 户已达年度上限，本次不抽`,
        仪式结果: OUTCOMES[ceremony.phase],
        承诺值: ceremony.commitment,
        经过: courseOf(ceremony),
        部门随机值: ceremony.contributions
          .filter((one) => one.name !== null)
          .map((one) => ({ 部门: one.name ?? '', 封存值: one.seal ?? '', 揭示值: one.value ?? '' })),
        公共随机值: ceremony.publicValues.map((source) => publicValueOf(ceremony, source)),
        种子: ceremony.seed ?? '',
        作废说明: ceremony.phase === 'void' ? voidWords(ceremony) : '',
        分层: ceremony.strata.map((one) => ({
          事项: one.item.name,
          层: partWords(one.stratum, (region) => regionOf(region).name),
          总数: grouped(one.size),
          比例: percentText(one.ratioPpm),
          抽取: grouped(one.sample),
        })),
        抽中户数: isDrawn ? grouped(ceremony.visits) : '',
        人员空缺: unfilledWords(ceremony),
        文件包: ceremony.bundleSha256 ?? '',
        见证人: ceremony.witnesses.map((one) => ({
          身份: CAPACITY_NAMES[one.capacity],
          姓名: one.name ?? '（未同意公开）',
          单位: one.organisation ?? '',
        })),
        签字人: signersOf(ceremony).map((名称) => ({ 名称 })),
        公开地址: url,
      },
    ],
  };
}

/** In the order of their time. */
function courseOf(ceremony: Ceremony): Minutes['经过'] {
  const steps: { at: string; what: string; by: string }[] = [
    { at: ceremony.frozenAt, what: '冻结名录，公布承诺值', by: '' },
  ];
  for (const { contributor, name, sealedAt, revealedAt } of ceremony.contributions) {
    const by = name ?? publicSourceName(contributor);
    if (sealedAt !== null) steps.push({ at: sealedAt, what: '封存', by });
    if (revealedAt !== null && name !== null) steps.push({ at: revealedAt, what: '揭示', by });
  }
  for (const { rounds } of ceremony.publicValues) {
    for (const { round, entries } of rounds) {
      entries.forEach(({ at, department, role }, place) => {
        const by = `${department} · ${ROLE_NAMES[role]}（第 ${round} 轮第 ${place + 1} 人）`;
        steps.push({ at, what: '登记公共随机值', by });
      });
    }
  }
  if (ceremony.endedAt !== null && ceremony.phase === 'drawn')
    steps.push({ at: ceremony.endedAt, what: '抽取、匹配', by: '' });
  if (ceremony.endedAt !== null && ceremony.phase === 'void')
    steps.push({ at: ceremony.endedAt, what: '仪式作废', by: ceremony.voidReason ?? '' });
  return steps
    .sort((one, other) => one.at.localeCompare(other.at))
    .map(({ at, what, by }) => ({ 时间: formatSecond(new Date(at)), 步骤: what, 说明: by }));
}

function publicValueOf(
  { contributions }: Ceremony,
  { contributor, rounds }: Ceremony['publicValues'][number],
): Minutes['公共随机值'][number] {
  const recorded = contributions.find((one) => one.contributor === contributor);
  return {
    来源: publicSourceName(contributor),
    数值: recorded?.value ?? '',
    时间: recorded?.revealedAt ? formatSecond(new Date(recorded.revealedAt)) : '',
    查证: recorded?.source ?? '',
    登记经过: rounds
      .map(({ round, outcome, entries }) => {
        const made = entries.map(
          (one) => `${one.department} · ${ROLE_NAMES[one.role]} 登记 ${one.value ?? '…'}`,
        );
        return `第 ${round} 轮（${ROUND_OUTCOMES[outcome]}）：${made.join('；')}`;
      })
      .join('\n'),
  };
}

function voidWords({ voidReason, endedAt, withheld }: Ceremony): string {
  const at = endedAt === null ? '' : formatInstant(new Date(endedAt));
  const next = withheld.length > 0 ? '，交督查核查；重新抽取须重新冻结名录，产生新的承诺值' : '';
  return `${voidReason ?? ''}。本次仪式于 ${at} 作废${next}。`;
}

const unfilledWords = ({ unfilled }: Ceremony): string =>
  unfilled.length === 0
    ? '无，各部门检查人员均已配齐'
    : unfilled.map((one) => `${one.department}缺 ${one.missing} 人次：${one.rules.join('；')}`).join('\n');

const signersOf = ({ publicValues }: Ceremony): string[] => [
  '主持人（牵头部门）',
  ...(publicValues.some(({ rounds }) => rounds.at(-1)?.outcome === 'agreed')
    ? ['公共随机值登记人（一）', '公共随机值登记人（二）']
    : []),
  '监督人员',
];
