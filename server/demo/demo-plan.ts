import type { DeadlinePolicy } from '../../domain/deadlines/policy';

/** The city's steps around a due date, a second for a working day; `resultsSeconds` is what the inspectors get, all else in proportion. */
export function secondsPolicy(resultsSeconds: number): DeadlinePolicy {
  return {
    unit: 'seconds',
    durations: {
      sealing: 30 * resultsSeconds,
      revealing: 30 * resultsSeconds,
      results: resultsSeconds,
      publication: 30 * resultsSeconds,
      answer: 3 * resultsSeconds,
      rectification: 6 * resultsSeconds,
    },
    steps: [
      { name: 'remind-5', offset: -5, action: 'remind' },
      { name: 'remind-1', offset: -1, action: 'remind' },
      { name: 'overdue', offset: 1, action: 'overdue' },
      { name: 'urge', offset: 3, action: 'urge' },
      { name: 'escalate', offset: 5, action: 'escalate' },
    ],
    digestAt: '08:30',
  };
}

/** The demo's campaign joins the items of five departments. */
export const DEMO_DEPARTMENTS = ['SCJG', 'WJW', 'YJJ', 'XFJ', 'WLJ'] as const;
export const ITEMS_PER_DEPARTMENT = 2;

/** Shares that give a lively campaign on a small registry. */
export const DEMO_RATIOS = [
  { stratum: 'A', ratioPpm: 50_000, minimum: 2 },
  { stratum: 'B', ratioPpm: 80_000, minimum: 2 },
  { stratum: 'C', ratioPpm: 150_000, minimum: 2 },
  { stratum: 'D', ratioPpm: 300_000, minimum: 2 },
];

/** An item that the demo itself takes through the list office. */
export const DEMO_ITEM = {
  code: 'SCJG-901',
  departmentCode: 'SCJG',
  draft: {
    name: '经营场所亮照亮证检查（演示）',
    content: '检查营业执照、许可证是否在经营场所醒目位置公示。',
    category: 'general',
    methods: ['on-site'],
    legalBases: [
      {
        law: '中华人民共和国市场主体登记管理条例',
        article: '第三十六条',
        text: '应当将营业执照置于住所或者主要经营场所的醒目位置。',
      },
    ],
    objectTags: [],
    objectRegions: [],
    qualifications: [],
    frequency: '每年至多一次',
    changeReason: '演示：按年度修订检查表格',
    checkForm: [
      {
        title: '亮照亮证',
        questions: [
          {
            key: 'license-shown',
            text: '营业执照是否在醒目位置公示？',
            type: 'yes-no',
            standard: '置于住所或者主要经营场所的醒目位置',
            basis: '《中华人民共和国市场主体登记管理条例》第三十六条',
          },
          {
            key: 'height',
            text: '公示牌离地高度',
            type: 'measurement',
            unit: '米',
            min: 1.2,
            max: 2,
            instrument: '卷尺',
          },
          { key: 'photos', text: '公示位置照片', type: 'photo', max: 4 },
          { key: 'note', text: '现场情况', type: 'text' },
          { key: 'present', text: '在场人员签名', type: 'signature' },
        ],
      },
    ],
    opinions: ['责令当场改正', '责令限期改正，到期复查', '移送立案查处'],
  },
};

/** Who watches the demo's draw; one of them without consent to be named. */
export const DEMO_WITNESSES = [
  {
    capacity: 'congress-deputy',
    name: '云代表（虚构）',
    organisation: '云溪市人民代表大会',
    namePublic: true,
  },
  {
    capacity: 'trade-association',
    name: '溪会长（虚构）',
    organisation: '云溪市餐饮行业协会',
    namePublic: false,
  },
];
