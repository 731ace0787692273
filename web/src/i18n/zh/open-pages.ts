/** The pages for everybody: how they are read, and those of ceremonies, results and open data. */
export const openPageTexts = {
  openPages: {
    fromStart: '从头看起',
    more: '更多',
    withoutScript:
      '没有 JavaScript 也可以阅读和查询这些页面。需要 JavaScript 的只有：凭编码查看对自己的检查（评价、申请回避、提出异议），在浏览器里核对承诺值，以及同步观看抽取仪式。',
    wallWithoutScript: '没有 JavaScript 时本页不会自动更新，请刷新查看进展。',
    noticeWithoutScript:
      '凭编码查看检查、评价、申请回避和提出异议需要 JavaScript。也可以当场向检查人员，或向检查部门提出。',
    campaign:
      '{{leadDepartment}}牵头的部门联合随机抽查，检查期限 {{visitFrom}} 至 {{visitTo}}：怎样抽取、抽中 {{n}} 户、检查结果。',
    item: '抽查事项“{{name}}”（{{code}}）：法律依据、检查内容、检查表，以及历次修改。',
    bulletin: '{{title}}（{{region}}，{{period}}）：办理时限、计划执行、公示和督办情况，附数据。',
    choose: '查看',
    years: '年度',
    nav: { results: '查结果', ceremonies: '抽取仪式', openData: '开放数据', notice: '查看对我的检查' },
    ceremonies: {
      all: '全部仪式，以及怎样复算',
      title: '抽取仪式',
      lead: '名录冻结后，各部门封存、揭示随机值，当众加入公共随机值，算出抽中的对象。仪式对公众公开，结束后任何人都可以复算。',
      coming: '即将举行和正在举行',
      comingEmpty: '目前没有即将举行或正在举行的仪式。',
      past: '已经举行',
      pastEmpty: '还没有举行过仪式。',
      campaign: '任务页面',
      bundle: '抽取文件包（ZIP）',
      check: '复算验证',
      verify: '怎样自己复算',
      verifyText:
        '打开任务页面，下载抽取文件包（ZIP），再打开验证页面把它放进去：页面在您自己的电脑上重新算一遍，可以保存后断网使用，不上传任何内容。也可以用 Python 程序核对。',
      verifier: '打开验证页面',
      python: '下载验证程序（Python）',
    },
    results: {
      title: '按检查对象查结果',
      lead: '输入企业、店铺等检查对象的名称或统一社会信用代码，查看各部门历次联合抽查公示的结果。',
      found: '“{{q}}”的检查结果',
      none: '没有查到“{{q}}”的公示结果。可能没有被抽中过，或结果还没有公示。',
      short: '请至少输入 2 个字。',
      masked: '个体工商户等自然人的名称只公开姓氏，请用统一社会信用代码查询。已撤回的结果查不到。',
      byCampaign: '按抽查任务查看',
    },
    data: {
      title: '开放数据',
      lead: '本站公开的全部数据都可以下载和用程序读取，不用登录、不用申请。',
      sets: '有哪些数据',
      licence: '使用许可',
      licenceText:
        '依法公开的政府信息。可以自由复制、转发、加工和用于商业用途，请注明来源“{{product}}”和取得日期；加工后的内容请说明不是原始数据。数据被更正或撤回后，请以本站最新内容为准。',
      personal: '个人信息',
      personalText:
        '个体工商户等自然人的名称只公开姓氏；地址、电话、证件号码不公开。检查人员在抽取文件和名单里只用代码。请不要设法识别个人。',
      api: '接口',
      apiText:
        '所有数据都有接口，带说明和示例，遵循 OpenAPI 3.1。列表逐页返回：把上一页的 nextCursor 作为 cursor 再问一次，直到为空。',
      apiDocs: '接口说明',
      apiDocument: '接口描述文件（OpenAPI，JSON）',
      limits: '每个网络地址每分钟可以问的次数写在回答的 RateLimit 头里；超过时回答 429，并说明多少秒后再来。',
      columns: { what: '数据', where: '在哪里看', files: '下载', api: '接口' },
      names: {
        campaigns: '联合抽查任务',
        ceremonies: '抽取仪式',
        visits: '抽中的检查对象',
        results: '检查结果',
        items: '抽查事项清单',
        plans: '年度抽查计划',
        bulletins: '督查通报',
        bundle: '抽取文件包、冻结的名录、变更记录',
        audit: '审计日志检查点',
      },
      perCampaign: '在各任务页面',
      perBulletin: '在各期通报页面',
      newest: '最新一年',
    },
  },
};
