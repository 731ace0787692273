import { list, text } from '../fields';
import { kind } from '../kind';

const FACTS = {
  编号: text('campaign and number of the visit', 'AK-2026-01-17'),
  任务名称: text('name of the campaign', '2026 年餐饮服务单位联合抽查'),
  部门: text('department that inspects', '安川市市场监督管理局'),
  事项: text('name of the item', '食品经营许可检查'),
  事项编号: text('code of the item', 'SCJG-001'),
  表格版本: text('version of the form', '3'),
  检查对象: text('name of the entity', '安川市㛃龘餐饮有限公司'),
  统一社会信用代码: text('unified social credit code', '91610902MA70EXAMP1'),
  地址: text('address', '安川市汉滨区江北大道 18 号'),
  检查日期: text('day of the visit; empty: to be written by hand', '2026-03-16'),
  检查人员: text(
    'names with certificate numbers',
    '王一（执法证号 61090200017）、李二（执法证号 61090200018）',
  ),
};

const question = {
  序号: text('number within the section', '1', '2', '3'),
  问题: text('the question', '许可证是否在有效期内', '冷藏柜温度', '现场照片'),
  标准: text('standard of the question', '《食品经营许可和备案管理办法》第二十五条', '0 – 8 ℃', ''),
  依据: text('legal basis of the question', '', '《餐饮服务食品安全操作规范》7.2', ''),
};

const HEAD = `|   |   |
| - | - |
| 检查部门 | {{部门}} |
| 检查对象 | {{检查对象}} |
| 统一社会信用代码 | {{统一社会信用代码}} |
| 地址 | {{地址}} |
| 检查时间 | {{检查日期}}{{^检查日期}}　　　年　　月　　日　　时　　分至　　时　　分{{/检查日期}} |
| 检查人员 | {{检查人员}} |`;

const SIGNATURES = `\`\`\`签名
检查人员
被检查单位（个人）
\`\`\`

> 被检查单位（个人）拒绝签名的，由检查人员注明情况。`;

/** The check form of an item for the door: room to tick and write. */
export const blankForm = kind({
  zh: '检查表（空白）',
  en: 'Check form, blank',
  fields: {
    ...FACTS,
    检查分段: list('sections of the form', 1, {
      标题: text('title of the section', '一、许可和经营条件'),
      问题: list('questions of the section', 3, {
        ...question,
        填写处: text('boxes to tick, or a line to write on', '□ 是　□ 否', '＿＿＿＿＿＿ ℃', '拍照　　张'),
      }),
    }),
    结果选项: list('results to tick', 3, {
      结果: text(
        'words of the result',
        '未发现问题',
        '发现问题已责令改正',
        '通过登记的住所（经营场所）无法联系',
      ),
    }),
  },
  template: `# {{事项}}

### 检查表 · {{编号}} · {{事项编号}}{{#表格版本}} · 第 {{表格版本}} 版{{/表格版本}}

${HEAD}

{{#检查分段}}
## {{标题}}

| 序号 | 检查内容 | 检查情况 |
| :-: | - | - |
{{#问题}}
| {{序号}} | {{问题}}{{#标准}}（标准：{{标准}}）{{/标准}} | {{填写处}} |
{{/问题}}

{{/检查分段}}
## 检查结果

{{#结果选项}}
□ {{结果}}
{{/结果选项}}

## 处理意见

|   |
| - |
| 　 |

${SIGNATURES}
`,
});

/** The same as it was filled in: the record of the inspection (现场检查笔录). */
export const filledForm = kind({
  zh: '检查记录（已填写）',
  en: 'Check form, filled in',
  fields: {
    ...FACTS,
    检查方式: text('how it was inspected', '实地检查'),
    检查分段: list('sections of the form', 1, {
      标题: text('title of the section', '一、许可和经营条件'),
      问题: list('questions of the section', 3, {
        ...question,
        回答: text('what was answered', '是', '6 ℃（符合标准 0 – 8 ℃）· 数字温度计', '2 张'),
      }),
    }),
    检查结果: text('the result in words', '发现问题已责令改正'),
    处理意见: text('handling opinion', '责令十五个工作日内改正：冷藏柜未张贴温度记录。'),
    照片数: text('photos that were handed in', '2'),
    录入人: text('who recorded the result', '王一'),
    录入时间: text('when it was recorded', '2026-03-16 11:42'),
    更正: list('what was corrected since', 1, {
      申请: text('who asked for it and when', '李二 2026-03-20 09:10'),
      决定: text('who decided and when', '赵三 2026-03-23 15:00'),
      理由: text('why', '温度读数录入有误'),
      内容: text('what it said before, and what it says', '处理意见：由“略”改为“责令改正”'),
    }),
  },
  template: `# {{事项}}

### 检查记录 · {{编号}} · {{事项编号}}{{#表格版本}} · 第 {{表格版本}} 版{{/表格版本}}

${HEAD}
{{#检查方式}}
| 检查方式 | {{检查方式}} |
{{/检查方式}}

{{#检查分段}}
## {{标题}}

| 序号 | 检查内容 | 检查情况 |
| :-: | - | - |
{{#问题}}
| {{序号}} | {{问题}}{{#标准}}（标准：{{标准}}）{{/标准}} | {{回答}}{{^回答}}—{{/回答}} |
{{/问题}}

{{/检查分段}}
## 检查结果

**{{检查结果}}{{^检查结果}}还没有结果{{/检查结果}}**

## 处理意见

{{处理意见}}{{^处理意见}}—{{/处理意见}}

> 照片 {{照片数}} 张，存于系统。{{#录入人}}由 {{录入人}} 于 {{录入时间}} 录入。{{/录入人}}

{{#更正}}
## 更正

{{申请}} 申请，{{决定}} 批准。理由：{{理由}}

{{内容}}

{{/更正}}
${SIGNATURES}
`,
});
