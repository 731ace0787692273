import { list, text } from '../fields';
import { kind } from '../kind';

const JUDGED = {
  应办: text('tasks due', '40', '26'),
  按时: text('done in time', '36', '20'),
  逾期办结: text('done late', '3', '2'),
  逾期未办: text('overdue', '1', '4'),
  未到期: text('not due yet', '5', '3'),
  按时率: text('share done in time', '90%', '76.9%'),
};

const ranking = (name: string, ...examples: string[]) => ({
  名称: text(name, ...examples),
  名次: text('rank', '1', '2'),
  ...JUDGED,
});

/** A bulletin of the supervision office (通报, plan 4.4): its texts and its frozen figures. */
export const bulletin = kind({
  zh: '督查通报',
  en: 'Bulletin',
  fields: {
    标题: text('title', '安川市 2026 年 3 月部门联合抽查工作情况通报'),
    编号: text('number', '2026-03'),
    期间: text('period', '2026 年 3 月'),
    地区: text('region', '安川市'),
    总体情况: text('summary', '本月应办任务 66 项，按时办结 56 项。'),
    原因: text('reasons', '人员调整期间交接不及时。'),
    工作要求: text('demands', '逾期未办的部门应于五个工作日内办结并说明情况。'),
    全无进展: text('who had something to do and did none of it; empty: nobody', '城市管理局'),
    合计: list('total', 1, JUDGED),
    部门排名: list('departments by rank', 2, ranking('department', '市场监管局', '城市管理局')),
    地区排名: list('regions by rank', 2, ranking('region', '汉滨区', '汉阴县')),
    计划执行: list('annual plan by department', 1, {
      部门: text('department', '市场监管局'),
      计划: text('lines of the plan', '6'),
      已启动: text('launched', '5'),
      逾期启动: text('launched late', '1'),
      未启动: text('window missed', '1'),
      启动率: text('share launched in time', '66.7%'),
    }),
    公示情况: list('publication by department', 1, { 部门: text('department', '市场监管局'), ...JUDGED }),
    覆盖情况: list('coverage by region', 1, {
      地区: text('region', '汉滨区'),
      主体数: text('entities', '1,200'),
      已检查: text('visited', '38'),
      覆盖率: text('share', '3.2%'),
    }),
    督办情况: list('urging orders by department', 1, {
      部门: text('department', '城市管理局'),
      发出: text('issued', '2'),
      已答复: text('answered', '1'),
      逾期答复: text('answered late', '1'),
    }),
    冻结时间: text('when the figures were frozen', '2026-04-01 09:00:00'),
    摘要值: text(
      'SHA-256 of the frozen figures',
      '5f2c7a0e9b1d4c3384a6f0e1d2c3b4a5968778695a4b3c2d1e0f11223344556a',
    ),
  },
  template: `# {{标题}}

### {{编号}}

## 总体情况

{{总体情况}}{{^总体情况}}无。{{/总体情况}}

{{#全无进展}}
**有任务而全无进展的：{{全无进展}}**

{{/全无进展}}
## 原因

{{原因}}{{^原因}}无。{{/原因}}

## 工作要求

{{工作要求}}{{^工作要求}}无。{{/工作要求}}

## 部门任务完成情况

| 部门 | 名次 | 应办 | 按时 | 逾期办结 | 逾期未办 | 未到期 | 按时率 |
| - | -: | -: | -: | -: | -: | -: | -: |
{{#部门排名}}
| {{名称}} | {{名次}} | {{应办}} | {{按时}} | {{逾期办结}} | {{逾期未办}} | {{未到期}} | {{按时率}} |
{{/部门排名}}
{{#合计}}
| **合计** |  | {{应办}} | {{按时}} | {{逾期办结}} | {{逾期未办}} | {{未到期}} | {{按时率}} |
{{/合计}}

## 地区任务完成情况

| 地区 | 名次 | 应办 | 按时 | 逾期办结 | 逾期未办 | 未到期 | 按时率 |
| - | -: | -: | -: | -: | -: | -: | -: |
{{#地区排名}}
| {{名称}} | {{名次}} | {{应办}} | {{按时}} | {{逾期办结}} | {{逾期未办}} | {{未到期}} | {{按时率}} |
{{/地区排名}}

## 年度计划执行情况

| 部门 | 计划 | 已启动 | 逾期启动 | 未启动 | 启动率 |
| - | -: | -: | -: | -: | -: |
{{#计划执行}}
| {{部门}} | {{计划}} | {{已启动}} | {{逾期启动}} | {{未启动}} | {{启动率}} |
{{/计划执行}}

## 结果公示情况

| 部门 | 应办 | 按时 | 逾期办结 | 逾期未办 | 未到期 | 按时率 |
| - | -: | -: | -: | -: | -: | -: |
{{#公示情况}}
| {{部门}} | {{应办}} | {{按时}} | {{逾期办结}} | {{逾期未办}} | {{未到期}} | {{按时率}} |
{{/公示情况}}

## 抽查覆盖情况

| 地区 | 主体数 | 已检查 | 覆盖率 |
| - | -: | -: | -: |
{{#覆盖情况}}
| {{地区}} | {{主体数}} | {{已检查}} | {{覆盖率}} |
{{/覆盖情况}}

## 督办情况

| 部门 | 发出 | 已答复 | 其中逾期答复 |
| - | -: | -: | -: |
{{#督办情况}}
| {{部门}} | {{发出}} | {{已答复}} | {{逾期答复}} |
{{/督办情况}}

\`\`\`落款
督查机构
\`\`\`

> 数字冻结于 {{冻结时间}}，其 SHA-256 为 {{摘要值}}，可以重新计算核对。
`,
});
