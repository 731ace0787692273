/** Entities that the yearly cap leaves out, and why. */
export const capped = {
  capped: {
    show: '查看已达上限的名单和原因',
    hide: '收起名单',
    lead: '按名录库现状逐户列出。本年已安排、尚未完成的检查也计入次数。名单仅供内部使用，不公布。',
    csv: '下载名单（CSV）',
    xlsx: '下载名单（XLSX）',
    empty: '目前没有对象达到上限。',
    out: '不列入抽查对象',
    keyOnly: '只由重点检查事项抽取',
    because: '今年已计入检查 {{n}} 次，达到 {{stratum}}每年 {{cap}} 次的上限：',
    moved: '（信用风险 {{from}} 类，因信用标记按 {{to}} 类抽取）',
    taken: '不再抽取：{{items}}',
    kept: '仍可抽取：{{items}}',
  },
};
