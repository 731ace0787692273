import { list, text } from '../fields';
import { kind } from '../kind';

const RESULTS = {
  已录入: text('results that are in', '58', '31'),
  未发现问题: text('without a problem (codes 1, 7)', '49', '27'),
  责令改正: text('ordered to rectify (code 5)', '6', '3'),
  其他问题: text('other problems (codes 2, 3, 4, 6, 8)', '3', '1'),
  未录入: text('results that are owed', '2', '0'),
};

/** A campaign as a whole, in counts: as long for fifty visits as for fifty thousand. */
export const campaignReport = kind({
  zh: '任务总结报告',
  en: 'Campaign report',
  fields: {
    任务名称: text('name of the campaign', '2026 年餐饮服务单位联合抽查'),
    任务编号: text('code of the campaign', 'AK-2026-01'),
    牵头部门: text('lead department', '市场监管局'),
    参与部门: text('departments', '市场监管局、消防救援支队'),
    抽查地区: text('regions', '汉滨区、汉阴县'),
    检查期限: text('period of the visits', '2026-03-02 至 2026-04-30'),
    抽查方式: text('mode of the draw', '一次抽取、联合检查'),
    阶段: text('stage of the campaign', '已公示'),
    制作时间: text('when the report was made', '2026-05-06 09:00'),
    事项: list('items', 2, {
      部门: text('department', '市场监管局', '消防救援支队'),
      名称: text('name of the item', '食品经营许可检查', '消防安全检查'),
      编号: text('code of the item', 'SCJG-001', 'XF-003'),
      对象数: text(
        'entities that can be drawn for it; empty before the registries are frozen',
        '1,200',
        '900',
      ),
    }),
    经过: list('steps of the campaign', 2, {
      时间: text('when', '2026-02-10 09:30', '2026-02-20 10:21'),
      步骤: text('what', '批准方案', '抽取、匹配'),
      办理人: text('by whom', '赵三', '系统'),
    }),
    抽取: list('what was drawn of each stratum', 2, {
      事项: text('item', '全部事项', '全部事项'),
      层: text('stratum', 'A 类', 'B 类'),
      总数: text('entities', '1,240', '600'),
      比例: text('ratio', '1%', '3%'),
      应抽: text('entities due', '13', '18'),
      实抽: text('entities drawn', '13', '18'),
    }),
    合并效果: text(
      'what merging saved, in a sentence; empty before the draw',
      '现在合并为 31 户、每户一次，少上门 20 次（39%）。',
    ),
    检查户数: text('visits', '31'),
    完成户数: text('visits that are done', '30'),
    完成率: text('share of them', '96.8%'),
    公示户数: text('visits whose results are public', '30'),
    人员空缺: text('places in teams that could not be filled', '0'),
    合计: list('results, total', 1, RESULTS),
    部门结果: list('results by department', 2, {
      部门: text('department', '市场监管局', '消防救援支队'),
      户数: text('visits of the department', '31', '31'),
      ...RESULTS,
    }),
    结果分布: list('results by code', 3, {
      结果: text(
        'words of the result',
        '未发现问题',
        '发现问题已责令改正',
        '通过登记的住所（经营场所）无法联系',
      ),
      次数: text('how often', '76', '9', '1'),
      占比: text('share', '85.4%', '10.1%', '1.1%'),
    }),
    案件: list('handling of violations', 2, {
      状态: text('state', '责令改正期限内', '已办结'),
      件数: text('cases', '4', '8'),
    }),
    逾期任务: text('tasks that are overdue now', '0'),
  },
  template: `### {{牵头部门}}

# {{任务名称}}总结报告

### {{任务编号}}

## 一、基本情况

|   |   |
| - | - |
| 牵头部门 | {{牵头部门}} |
| 参与部门 | {{参与部门}} |
| 抽查地区 | {{抽查地区}} |
| 检查期限 | {{检查期限}} |
| 抽查方式 | {{抽查方式}} |
| 阶段 | {{阶段}} |

## 二、抽查事项

| 部门 | 事项 | 编号 | 对象数 |
| - | - | - | -: |
{{#事项}}
| {{部门}} | {{名称}} | {{编号}} | {{对象数}} |
{{/事项}}

## 三、随机抽取

{{#合并效果}}
{{合并效果}}

| 事项 | 层 | 总数 | 比例 | 应抽 | 实抽 |
| - | - | -: | -: | -: | -: |
{{#抽取}}
| {{事项}} | {{层}} | {{总数}} | {{比例}} | {{应抽}} | {{实抽}} |
{{/抽取}}

{{/合并效果}}
{{^合并效果}}
还没有抽取。

{{/合并效果}}
## 四、检查结果

应检查 {{检查户数}} 户，已完成 {{完成户数}} 户{{#完成率}}（{{完成率}}）{{/完成率}}，结果已公示 {{公示户数}} 户；检查人员空缺 {{人员空缺}} 人次；当前逾期任务 {{逾期任务}} 项。

| 部门 | 户数 | 已录入 | 未发现问题 | 责令改正 | 其他问题 | 未录入 |
| - | -: | -: | -: | -: | -: | -: |
{{#部门结果}}
| {{部门}} | {{户数}} | {{已录入}} | {{未发现问题}} | {{责令改正}} | {{其他问题}} | {{未录入}} |
{{/部门结果}}
{{#合计}}
| **合计** | {{检查户数}} | {{已录入}} | {{未发现问题}} | {{责令改正}} | {{其他问题}} | {{未录入}} |
{{/合计}}

{{#结果分布}}
- {{结果}}：{{次数}} 项次，占 {{占比}}
{{/结果分布}}

## 五、后续处理

{{^案件}}
没有需要后续处理的。
{{/案件}}
{{#案件}}
- {{状态}}：{{件数}} 件
{{/案件}}

## 六、办理经过

| 时间 | 步骤 | 办理人 |
| - | - | - |
{{#经过}}
| {{时间}} | {{步骤}} | {{办理人}} |
{{/经过}}

\`\`\`落款
{{牵头部门}}
\`\`\`

> 本报告由系统于 {{制作时间}} 汇总。
`,
});
