import type { CheckFormSection } from '../domain/items/check-form';
import type { ItemRow } from '../domain/registry/item-row';

/** `《law》article` pairs, questions, and where the item differs from a plain one. */
type Sketch = [
  name: string,
  objectTags: string[],
  basis: string,
  questions: string[],
  rest?: Partial<Pick<ItemRow, 'category' | 'methods' | 'qualifications' | 'ratioPpm' | 'frequency'>>,
];

/** Items by department; the first of a department is `CODE-001`. */
const SKETCHES: Readonly<Record<string, readonly Sketch[]>> = {
  SCJG: [
    [
      '登记事项检查',
      [],
      '《企业信息公示暂行条例》第十四条',
      ['营业执照是否在住所醒目位置公示', '实际经营地址是否与登记住所一致', '经营项目是否超出许可的经营范围'],
      { methods: ['documentary', 'on-site'] },
    ],
    [
      '公示信息检查',
      [],
      '《企业信息公示暂行条例》第十四条',
      ['年度报告是否按时公示', '公示信息是否真实', '即时信息是否在 20 个工作日内公示'],
      { methods: ['online', 'documentary'] },
    ],
    [
      '食品销售监督检查',
      ['food-sales'],
      '《中华人民共和国食品安全法》第一百一十条',
      [
        '食品经营许可证是否有效',
        '是否查验供货者资质',
        '是否销售超过保质期的食品',
        '散装食品标签是否齐全',
        '从业人员健康证是否有效',
      ],
      { qualifications: ['food'] },
    ],
    [
      '餐饮服务监督检查',
      ['catering'],
      '《中华人民共和国食品安全法》第一百一十条',
      [
        '食品经营许可证是否有效',
        '后厨是否生熟分开',
        '餐饮具是否消毒',
        '食品留样是否符合要求',
        '冷藏温度是否符合要求',
        '从业人员健康证是否有效',
      ],
      { qualifications: ['food'], category: 'key' },
    ],
    [
      '食品生产监督检查',
      ['food-production'],
      '《中华人民共和国食品安全法》第一百一十条',
      ['生产许可证是否有效', '进货查验记录是否齐全', '出厂检验记录是否齐全', '生产场所是否清洁'],
      { qualifications: ['food'], category: 'key' },
    ],
    [
      '药品零售质量检查',
      ['drugs'],
      '《中华人民共和国药品管理法》第九十九条',
      ['执业药师是否在岗', '处方药是否凭处方销售', '药品储存温度是否符合要求', '购进记录是否真实完整'],
      { qualifications: ['drugs'] },
    ],
    [
      '特种设备使用单位检查',
      ['special-equipment'],
      '《中华人民共和国特种设备安全法》第五十七条',
      ['特种设备是否办理使用登记', '是否在检验有效期内', '作业人员是否持证', '安全管理制度是否健全'],
      { qualifications: ['special-equipment'] },
    ],
    [
      '医疗器械经营检查',
      ['medical-devices'],
      '《医疗器械监督管理条例》第六十九条',
      ['经营备案或许可是否有效', '进货查验记录是否齐全', '储存条件是否符合要求'],
    ],
  ],
  WJW: [
    [
      '公共场所卫生检查',
      ['lodging', 'entertainment'],
      '《公共场所卫生管理条例》第十条',
      ['卫生许可证是否有效', '从业人员健康证是否有效', '公共用品用具是否消毒', '空气、水质检测报告是否公示'],
    ],
    [
      '医疗机构依法执业检查',
      ['medical-care'],
      '《医疗机构管理条例》第四十条',
      ['执业许可证是否有效', '诊疗科目是否超出登记', '医务人员资质是否齐全', '医疗废物处置是否规范'],
      { qualifications: ['medical'] },
    ],
    [
      '学校和托幼机构卫生检查',
      ['training'],
      '《学校卫生工作条例》第二十八条',
      ['教室采光照明是否达标', '传染病防控制度是否落实', '饮用水卫生是否符合要求'],
    ],
    [
      '餐饮具集中消毒和饮水卫生检查',
      ['catering'],
      '《中华人民共和国传染病防治法》第五十三条',
      ['饮用水是否符合卫生标准', '消毒记录是否完整', '从业人员是否培训'],
    ],
  ],
  YJJ: [
    [
      '危险化学品经营检查',
      ['dangerous-chemicals'],
      '《危险化学品安全管理条例》第七条',
      ['经营许可证是否有效', '安全距离是否符合要求', '储存是否分类', '应急预案是否备案并演练'],
      { qualifications: ['hazmat'], category: 'key' },
    ],
    [
      '矿山安全生产检查',
      ['mining'],
      '《中华人民共和国矿山安全法》第三十三条',
      ['安全生产许可证是否有效', '边坡监测是否开展', '爆破作业是否规范'],
      { category: 'key' },
    ],
    [
      '工贸企业安全生产检查',
      ['pollution', 'food-production'],
      '《中华人民共和国安全生产法》第六十五条',
      ['安全生产责任制是否建立', '有限空间作业是否审批', '安全培训记录是否齐全', '隐患排查台账是否完整'],
    ],
  ],
  XFJ: [
    [
      '公众聚集场所消防检查',
      ['lodging', 'entertainment', 'catering'],
      '《中华人民共和国消防法》第五十三条',
      ['消防安全检查合格证是否有效', '疏散通道是否畅通', '灭火器是否在有效期内', '应急照明是否完好'],
      { qualifications: ['fire'] },
    ],
    [
      '易燃易爆场所消防检查',
      ['dangerous-chemicals'],
      '《中华人民共和国消防法》第五十三条',
      ['消防设施是否完好', '是否违规动火', '消防值班是否落实'],
      { qualifications: ['fire'] },
    ],
    [
      '培训机构消防检查',
      ['training'],
      '《中华人民共和国消防法》第五十三条',
      ['疏散通道是否畅通', '外窗是否设置影响逃生的障碍物', '消防演练是否开展'],
    ],
    [
      '商场和仓储消防检查',
      ['food-sales', 'transport'],
      '《中华人民共和国消防法》第五十三条',
      ['电气线路是否规范', '可燃物是否堵塞通道', '消防设施维护记录是否齐全'],
      { ratioPpm: 20_000 },
    ],
  ],
  WLJ: [
    [
      '娱乐场所经营检查',
      ['entertainment'],
      '《娱乐场所管理条例》第三十二条',
      ['娱乐经营许可证是否有效', '是否接纳未成年人', '经营时间是否符合规定', '曲库内容是否合规'],
    ],
    [
      '旅行社经营检查',
      ['travel'],
      '《旅行社条例》第四十一条',
      ['业务经营许可证是否有效', '旅游合同是否规范', '质量保证金是否足额'],
      { methods: ['documentary', 'on-site'] },
    ],
    [
      '印刷经营活动检查',
      ['printing'],
      '《印刷业管理条例》第七条',
      ['印刷经营许可证是否有效', '承印验证制度是否落实', '印刷登记是否完整'],
    ],
  ],
  STJ: [
    [
      '排污单位现场检查',
      ['pollution', 'food-production'],
      '《中华人民共和国环境保护法》第二十四条',
      ['排污许可证是否有效', '污染防治设施是否正常运行', '自行监测是否开展', '危险废物台账是否完整'],
    ],
    [
      '汽修和加油站环境检查',
      ['transport', 'dangerous-chemicals'],
      '《中华人民共和国大气污染防治法》第二十九条',
      ['油气回收装置是否正常', '废机油贮存是否规范', '转移联单是否齐全'],
    ],
    [
      '餐饮油烟检查',
      ['catering'],
      '《中华人民共和国大气污染防治法》第八十一条',
      ['油烟净化设施是否安装', '清洗记录是否完整', '是否影响周边居民'],
      { frequency: '每年不超过 1 次' },
    ],
  ],
  ZJJ: [
    [
      '建筑施工企业资质检查',
      ['construction'],
      '《建设工程质量管理条例》第四十七条',
      ['资质证书是否有效', '项目经理是否到岗', '分包是否合法', '安全防护是否到位'],
    ],
    [
      '房地产和物业检查',
      ['real-estate'],
      '《城市房地产开发经营管理条例》第四条',
      ['预售许可是否齐全', '维修资金使用是否公示', '物业收费是否公示'],
      { methods: ['documentary', 'on-site'] },
    ],
  ],
  JTJ: [
    [
      '道路运输企业检查',
      ['transport'],
      '《中华人民共和国道路运输条例》第五十八条',
      ['道路运输经营许可证是否有效', '车辆技术档案是否齐全', '动态监控是否在线', '驾驶员资格是否有效'],
    ],
    [
      '机动车维修经营检查',
      ['transport'],
      '《机动车维修管理规定》第四十四条',
      ['维修备案是否有效', '维修档案是否完整', '收费标准是否公示'],
    ],
    [
      '驾驶培训机构检查',
      ['training'],
      '《机动车驾驶员培训管理规定》第四十一条',
      ['备案是否有效', '教练员是否符合条件', '学时记录是否真实'],
    ],
  ],
};

/** 30 items with their check forms. */
export function exampleItems(): ItemRow[] {
  return Object.entries(SKETCHES).flatMap(([department, sketches]) =>
    sketches.map(([name, objectTags, basis, questions, rest = {}], at): ItemRow => {
      const [, law = '', article = ''] = /^《(.+)》(.*)$/.exec(basis) ?? [];
      return {
        code: `${department}-${String(at + 1).padStart(3, '0')}`,
        department,
        name,
        content: questions.join('；'),
        category: rest.category ?? 'general',
        methods: rest.methods ?? ['on-site'],
        legalBases: [{ law, article, text: '' }],
        objectTags,
        objectRegions: [],
        qualifications: rest.qualifications ?? [],
        ratioPpm: rest.ratioPpm ?? null,
        statutoryRatioPpm: null,
        frequency: rest.frequency ?? '',
        statutoryFrequency: '',
        checkForm: [formOf(questions, `《${law}》${article}`)],
      };
    }),
  );
}

function formOf(questions: readonly string[], basis: string): CheckFormSection {
  return {
    title: '检查内容',
    questions: questions.map((text, at) => ({ key: `q${String(at + 1)}`, text, type: 'yes-no', basis })),
  };
}
