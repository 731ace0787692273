import { list, text } from '../fields';
import { kind } from '../kind';

const HASH = '5f2c7a0e9b1d4c3384a6f0e1d2c3b4a5968778695a4b3c2d1e0f11223344556a';

/** The record of a draw's ceremony, to be signed. */
export const ceremonyMinutes = kind({
  zh: '抽取仪式记录',
  en: 'Ceremony minutes',
  fields: {
    任务名称: text('name of the campaign', '2026 年餐饮服务单位联合抽查'),
    任务编号: text('code of the campaign', 'AK-2026-01'),
    次序: text('number of the ceremony', '1'),
    牵头部门: text('lead department', '安川市市场监督管理局'),
    参与部门: text(
      'departments with the size of their teams',
      '市场监管局（每户 2 人）、消防救援支队（每户 2 人）',
    ),
    抽查地区: text('regions', '汉滨区、汉阴县'),
    检查期限: text('period of the visits', '2026-03-02 至 2026-04-30'),
    抽查方式: text('mode of the draw', '一次抽取、联合检查'),
    冻结名录: text('what was frozen', '检查对象 2000 户，检查人员 120 人；另有 12 户已达年度上限，本次不抽'),
    仪式结果: text('how the ceremony ended', '抽取完成'),
    承诺值: text('digest of the manifest', HASH),
    经过: list('steps in the order of their time', 3, {
      时间: text('to the second', '2026-02-20 10:00:00', '2026-02-20 10:05:12', '2026-02-20 10:21:40'),
      步骤: text('what was done', '冻结名录，公布承诺值', '封存', '抽取、匹配'),
      说明: text('by whom, or about what', '', '安川市市场监督管理局', ''),
    }),
    部门随机值: list('values of the departments', 2, {
      部门: text('department', '市场监管局', '消防救援支队'),
      封存值: text('seal', HASH, HASH),
      揭示值: text('revealed value', 'c0ffee0123456789', '0123456789abcdef'),
    }),
    公共随机值: list('values of public sources', 1, {
      来源: text('what the source is', '公开掷骰'),
      数值: text('the value', '3-1-6-2-5-4-1-1-6-3'),
      时间: text('when it took effect', '2026-02-20 10:20:31'),
      查证: text('where it can be looked up', ''),
      登记经过: text(
        'who entered what, round by round',
        '第 1 轮（两人一致，生效）：市场监管局 · 牵头人员 登记 3162541163',
      ),
    }),
    种子: text('the seed; empty before the draw', HASH),
    作废说明: text('why the ceremony is void; empty where it is not', ''),
    分层: list('what was drawn of each stratum', 2, {
      事项: text('item', '全部事项', '全部事项'),
      层: text('stratum', 'A 类', 'B 类'),
      总数: text('entities', '1,240', '600'),
      比例: text('ratio', '1%', '3%'),
      抽取: text('entities drawn', '13', '18'),
    }),
    抽中户数: text('visits; empty before the draw', '31'),
    人员空缺: text('what is missing of teams', '无，各部门检查人员均已配齐'),
    文件包: text('SHA-256 of the bundle for recomputing', HASH),
    见证人: list('who watched', 1, {
      身份: text('in what capacity', '人大代表'),
      姓名: text('name, where the person agreed to it', '（未同意公开）'),
      单位: text('organisation', ''),
    }),
    签字人: list('who signs', 4, {
      名称: text(
        'in what capacity',
        '主持人（牵头部门）',
        '公共随机值登记人（一）',
        '公共随机值登记人（二）',
        '监督人员',
      ),
    }),
    公开地址: text('public page of the campaign', 'https://example.invalid/public/AK-2026-01'),
  },
  template: `# “双随机、一公开”抽取仪式记录

### {{任务编号}} · 第 {{次序}} 次

## 一、基本情况

|   |   |
| - | - |
| 任务名称 | {{任务名称}} |
| 牵头部门 | {{牵头部门}} |
| 参与部门 | {{参与部门}} |
| 抽查地区 | {{抽查地区}} |
| 检查期限 | {{检查期限}} |
| 抽查方式 | {{抽查方式}} |
| 冻结名录 | {{冻结名录}} |
| 仪式结果 | {{仪式结果}} |
| 承诺值 | {{承诺值}} |

## 二、经过

| 时间 | 步骤 | 说明 |
| - | - | - |
{{#经过}}
| {{时间}} | {{步骤}} | {{说明}} |
{{/经过}}

## 三、随机值

| 部门 | 封存值 | 揭示的值 |
| - | - | - |
{{#部门随机值}}
| {{部门}} | {{封存值}}{{^封存值}}未提交{{/封存值}} | {{揭示值}}{{^揭示值}}未提交{{/揭示值}} |
{{/部门随机值}}

{{#公共随机值}}
**公共随机值**（{{来源}}）：{{数值}}{{^数值}}未提交{{/数值}}{{#时间}}（{{时间}}）{{/时间}}
{{#查证}}
查证途径：{{查证}}
{{/查证}}
{{登记经过}}

{{/公共随机值}}
{{^公共随机值}}
本次没有公共随机源：最后一个揭示的部门可以通过拒绝揭示迫使仪式重来，但不能指定结果。

{{/公共随机值}}
{{#种子}}
**种子**　{{种子}}

{{/种子}}
{{#作废说明}}
## 四、作废

**{{作废说明}}**

{{/作废说明}}
{{^作废说明}}
## 四、分层抽取

| 事项 | 层 | 总数（户） | 比例 | 抽取（户） |
| - | - | -: | -: | -: |
{{#分层}}
| {{事项}} | {{层}} | {{总数}} | {{比例}} | {{抽取}} |
{{/分层}}

{{#抽中户数}}
## 五、抽取与匹配结果

|   |   |
| - | - |
| 抽中（合并上门） | {{抽中户数}} 户 |
| 检查人员空缺 | {{人员空缺}} |
| 复算文件包 SHA-256 | {{文件包}} |

{{/抽中户数}}
{{/作废说明}}
## 见证人

{{^见证人}}
没有登记见证人。

{{/见证人}}
| 身份 | 姓名 | 单位 | 签名 |
| - | - | - | - |
{{#见证人}}
| {{身份}} | {{姓名}} | {{单位}} | 　 |
{{/见证人}}

\`\`\`签名
{{#签字人}}
{{名称}}
{{/签字人}}
\`\`\`

> 本记录由公开数据生成，任何人可在 {{公开地址}} 查阅并复算。
`,
});
