import { text } from '../fields';
import { kind } from '../kind';

/** 责令改正通知书: the first step of a case whose result is 5 (docs/handling.md). */
export const rectificationOrder = kind({
  zh: '责令改正通知书',
  en: 'Rectification order',
  fields: {
    文号: text('number of the document', '安市监责改〔2026〕17号'),
    部门: text('department that orders', '安川市市场监督管理局'),
    检查对象: text('name of the entity', '安川市㛃龘餐饮有限公司'),
    统一社会信用代码: text('unified social credit code', '91610902MA70EXAMP1'),
    地址: text('address', '安川市汉滨区江北大道 18 号'),
    任务名称: text('name of the campaign', '2026 年餐饮服务单位联合抽查'),
    检查日期: text('day of the visit', '2026-03-16'),
    事项: text('name of the item', '食品经营许可检查'),
    发现的问题: text('what was found', '冷藏柜未张贴温度记录，内存放的食品与非食品混放。'),
    依据: text('legal bases of the item', '《食品安全法》第一百一十条'),
    改正要求: text('what is ordered; empty: nothing beside mending', '立即分区存放，补齐温度记录。'),
    改正天数: text('working days until it is to be mended', '15'),
    下达日期: text('day of the order', '2026-03-17'),
    改正期限: text('last day for mending; empty once nothing is owed any more', '2026-04-08'),
    案件编号: text('number of the case', '42'),
  },
  template: `### {{部门}}

# 责令改正通知书

### {{文号}}

**{{检查对象}}**：

{{检查日期}}，我单位在“{{任务名称}}”中对你单位进行“{{事项}}”检查时，发现下列问题：

{{发现的问题}}

上述情况不符合{{依据}}的有关规定。现责令你单位自收到本通知书之日起 {{改正天数}} 个工作日内改正{{#改正期限}}（至 {{改正期限}} 止）{{/改正期限}}。{{#改正要求}}具体要求如下：{{/改正要求}}

{{#改正要求}}
{{改正要求}}

{{/改正要求}}
改正期限届满，我单位将进行复查。逾期不改正或者改正后仍不符合要求的，将依法处理。确有正当理由不能按期改正的，可以在期限届满前书面申请延期。

如不服本通知，可以自收到之日起六十日内申请行政复议，或者六个月内提起行政诉讼。

|   |   |
| - | - |
| 统一社会信用代码 | {{统一社会信用代码}} |
| 地址 | {{地址}} |

\`\`\`落款
{{部门}}
{{下达日期}}
\`\`\`

\`\`\`签名
签收人
送达人
\`\`\`

> 本通知书一式两份，一份送达当事人，一份存档。案件编号：{{案件编号}}。
`,
});
