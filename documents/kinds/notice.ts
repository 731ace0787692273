import { list, text } from '../fields';
import { kind } from '../kind';

/** 行政检查通知书 (国办发〔2024〕54号): items with their bases, inspectors, the year's visits against the cap, the right to recusal. */
export const notice = kind({
  zh: '行政检查通知书',
  en: 'Inspection notice',
  fields: {
    编号: text('number of the notice', 'AK-2026-01-17'),
    任务名称: text('name of the campaign', '2026 年餐饮服务单位联合抽查'),
    牵头部门: text('lead department', '安川市市场监督管理局'),
    检查对象: text('name of the entity', '安川市㛃龘餐饮有限公司'),
    统一社会信用代码: text('unified social credit code', '91610902MA70EXAMP1'),
    地址: text('address', '安川市汉滨区江北大道 18 号'),
    检查时间: text('day and part of the day; empty while no day is fixed', '2026-03-16 上午'),
    最早日期: text('first day of the period of visits', '2026-03-02'),
    最晚日期: text('last day of the period of visits', '2026-04-30'),
    检查事项: list('what is inspected', 3, {
      部门: text('department', '市场监管局', '消防救援支队', '卫生健康委'),
      事项: text('name of the item', '食品经营许可检查', '消防安全检查', '公共场所卫生检查'),
      内容: text(
        'what the item is about',
        '许可证载明事项',
        '疏散通道、消防设施',
        '卫生许可、从业人员健康证明',
      ),
      依据: text(
        'legal bases',
        '《食品安全法》第一百一十条',
        '《消防法》第五十三条',
        '《公共场所卫生管理条例》第十条',
      ),
    }),
    检查人员: list('who inspects', 2, {
      部门: text('department', '市场监管局', '消防救援支队'),
      姓名: text('name', '王一', '李二'),
      执法证号: text('number of the law-enforcement certificate', '61090200017', '61090200018'),
    }),
    年度: text('the year that is counted', '2026'),
    年度次数: text('visits of the year, this one included', '1'),
    年度上限: text('most visits of the year; empty: no limit', '2'),
    编码: text('code of the notice; empty until the notice is issued', '7K2M-9QXD-30VB-TH5E-W8NA'),
    扫码地址: text(
      'address behind the QR code; empty until the notice is issued',
      'https://example.invalid/public/visit#7K2M',
    ),
    制作日期: text('day on which the document was made', '2026-03-09'),
  },
  template: `### {{牵头部门}}

# 行政检查通知书

### 编号：{{编号}}

**{{检查对象}}**：

根据“{{任务名称}}”随机抽取结果，{{#检查时间}}定于 {{检查时间}} 对你单位开展联合检查，各部门一次上门完成。{{/检查时间}}{{^检查时间}}将于 {{最早日期}} 至 {{最晚日期}} 期间对你单位开展联合检查，各部门一次上门完成，具体日期另行告知。{{/检查时间}}现将有关事项通知如下：

|   |   |
| - | - |
| 统一社会信用代码 | {{统一社会信用代码}} |
| 地址 | {{地址}} |

## 一、检查事项和依据

| 检查部门 | 检查事项 | 法律依据 |
| - | - | - |
{{#检查事项}}
| {{部门}} | {{事项}} | {{依据}} |
{{/检查事项}}

## 二、检查人员

| 检查部门 | 姓名 | 执法证号 |
| - | - | - |
{{#检查人员}}
| {{部门}} | {{姓名}} | {{执法证号}} |
{{/检查人员}}

## 三、检查次数

{{年度}} 年你单位列入检查 {{年度次数}} 次（含本次）；{{#年度上限}}年度检查上限为 {{年度上限}} 次。{{/年度上限}}{{^年度上限}}你单位所属类别不设年度上限。{{/年度上限}}

## 四、你单位的权利

你单位认为检查人员与本次检查有直接利害关系、可能影响公正检查的，有权申请其回避：扫下方二维码，或登录下方网址输入编码提出，也可以当场口头提出。由其所在部门负责人决定并说明理由。准予回避的，按抽取时的号码顺序递补。

检查人员应当出示执法证件，不出示的有权拒绝。检查时请扫检查人员手机上的二维码确认到场和离场人员；检查后可以凭编码评价。

{{#编码}}
\`\`\`二维码
{{扫码地址}}
\`\`\`

**编码：{{编码}}**

> 凭此编码可以查看本次检查和结果、申请回避、评价、对结果提出异议，请妥善保管。{{扫码地址}}
{{/编码}}
{{^编码}}
> 编码和二维码在出具通知书时生成。
{{/编码}}

\`\`\`落款
{{牵头部门}}
{{制作日期}}
\`\`\`
`,
});
