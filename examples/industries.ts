/** Lines of business of the invented city: what they call themselves and what their licence says. */
export interface Industry {
  /** How many in a thousand. */
  weight: number;
  /** GB/T 4754 */
  code: string;
  /** Behind the invented name. */
  suffixes: readonly string[];
  /** Self-employed households in a hundred. */
  households: number;
  scopes: readonly string[];
}

export const INDUSTRIES: readonly Industry[] = [
  {
    weight: 150,
    code: 'H62',
    suffixes: ['小吃店', '餐馆', '火锅店', '餐饮'],
    households: 80,
    scopes: [
      '餐饮服务（含凉菜）；卷烟零售。',
      '小吃服务；饮料销售。',
      '餐饮服务；预包装食品零售（不含烟花爆竹）。',
    ],
  },
  {
    weight: 150,
    code: 'F52',
    suffixes: ['便利店', '副食店', '粮油店', '商贸'],
    households: 70,
    scopes: [
      '预包装食品兼散装食品、乳制品零售；日用百货；卷烟、雪茄烟零售。',
      '粮油、副食、调味品、日杂用品（不含烟花爆竹）零售。',
      '食盐、糖酒、日用百货批发零售。',
    ],
  },
  {
    weight: 60,
    code: 'C',
    suffixes: ['食品厂', '豆制品坊', '茶业', '酒业'],
    households: 25,
    scopes: [
      '豆制品加工、销售。',
      '茶叶加工、销售；农副产品收购。',
      '白酒制造、销售；锅炉供汽。',
      '糕点加工；食品生产、销售；冷库仓储。',
    ],
  },
  {
    weight: 60,
    code: 'F5251',
    suffixes: ['药店', '大药房', '医药'],
    households: 20,
    scopes: [
      '中成药、化学药制剂、抗生素、生化药品零售；第一、二类医疗器械销售；保健食品零售。',
      '中药饮片、中成药零售。',
    ],
  },
  {
    weight: 20,
    code: 'F5154',
    suffixes: ['器械', '医疗用品'],
    households: 10,
    scopes: ['第二类医疗器械销售；体外诊断试剂批发。'],
  },
  {
    weight: 40,
    code: 'Q84',
    suffixes: ['诊所', '口腔门诊', '体检中心'],
    households: 40,
    scopes: ['诊疗服务；口腔科门诊。', '健康体检；医疗服务。'],
  },
  {
    weight: 50,
    code: 'H61',
    suffixes: ['宾馆', '旅馆', '客栈', '酒店'],
    households: 45,
    scopes: ['住宿；餐饮；会议服务；停车服务。', '住宿服务；电梯客房。', '民宿服务；洗涤服务。'],
  },
  {
    weight: 40,
    code: 'R',
    suffixes: ['歌舞厅', '影城', '网吧', '健身馆'],
    households: 30,
    scopes: [
      '歌舞娱乐服务；饮料销售。',
      '电影放映；预包装食品零售。',
      '互联网上网服务。',
      '健身房；游泳场馆经营。',
    ],
  },
  {
    weight: 15,
    code: 'L7291',
    suffixes: ['旅行社'],
    households: 0,
    scopes: ['入境旅游业务、国内旅游业务；票务代理。'],
  },
  {
    weight: 40,
    code: 'E',
    suffixes: ['建筑', '装饰', '市政工程'],
    households: 0,
    scopes: [
      '房屋建筑工程施工总承包；起重机械租赁。',
      '室内外装饰装修工程；建筑材料销售。',
      '市政公用工程（不含燃气）；园林绿化工程施工。',
    ],
  },
  {
    weight: 20,
    code: 'K70',
    suffixes: ['置业', '物业'],
    households: 0,
    scopes: ['房地产开发；商品房销售；物业管理。', '物业管理；电梯日常维护；停车服务。'],
  },
  {
    weight: 30,
    code: 'F',
    suffixes: ['加油站', '燃气', '化工'],
    households: 5,
    scopes: [
      '汽油、柴油零售；预包装食品零售。',
      '液化石油气充装、销售；压力容器检验。',
      '硫酸、油漆批发（按许可证核定的范围经营）。',
    ],
  },
  {
    weight: 15,
    code: 'B10',
    suffixes: ['矿业', '采石场'],
    households: 0,
    scopes: ['建筑石料开采、加工；砂石销售。', '矿石开采、选矿。'],
  },
  {
    weight: 30,
    code: 'P83',
    suffixes: ['培训学校', '幼儿园', '驾校'],
    households: 10,
    scopes: ['职业技能培训；文化培训。', '幼儿教育；餐饮服务（限内部）。', '驾驶员培训服务。'],
  },
  {
    weight: 20,
    code: 'C23',
    suffixes: ['印务', '图文'],
    households: 30,
    scopes: ['其他印刷品印刷。', '包装装潢印刷品印刷；广告制作。'],
  },
  {
    weight: 50,
    code: 'G54',
    suffixes: ['运输', '物流', '汽修'],
    households: 25,
    scopes: [
      '道路普通货物运输；仓储服务。',
      '班车客运；旅游客运。',
      '二类机动车维修；汽车配件销售。',
      '危险货物运输（3类）；汽车维修。',
    ],
  },
  {
    weight: 40,
    code: 'C',
    suffixes: ['再生资源', '水泥制品', '铸造', '养殖'],
    households: 20,
    scopes: [
      '废旧物资回收；金属材料销售。',
      '水泥制品生产；锅炉租赁。',
      '铸件制造；机械加工。',
      '生猪养殖、屠宰。',
    ],
  },
  {
    weight: 30,
    code: 'O8040',
    suffixes: ['美容院', '化妆品行'],
    households: 75,
    scopes: ['化妆品零售；生活美容服务。'],
  },
  {
    weight: 20,
    code: 'G60',
    suffixes: ['邮政所', '快递'],
    households: 20,
    scopes: ['快递服务；邮政基础业务。'],
  },
  {
    weight: 120,
    code: 'F52',
    suffixes: ['服装店', '五金店', '文具店', '农资店', '科技'],
    households: 65,
    scopes: [
      '服装、鞋帽零售。',
      '五金交电、建筑材料（不含危险化学品）零售。',
      '文具、体育用品零售。',
      '农药、化肥、种子零售。',
      '软件开发；计算机维修。',
    ],
  },
];
