import { DEFAULT_TAG_RULES } from '../../../domain/registry/tag-rules';
import { tagsOf } from '../../../domain/registry/tags';
import { drawClass } from '../../../domain/registry/risk';
import { isGarbled } from '../../../domain/registry/garbled';

const tags = (scope: string) => tagsOf(scope, DEFAULT_TAG_RULES);

describe('industries are told from the scope of business', () => {
  test.each([
    ['住宿;餐饮(含凉菜);卷烟、雪茄烟的销售;停车服务。', ['catering', 'lodging', 'tobacco']],
    ['汽油、柴油、煤油的零售；预包装食品零售', ['food-sales', 'dangerous-chemicals']],
    ['中成药、化学药制剂,第一、二类医疗器械', ['drugs', 'medical-devices']],
    ['公路客运、货物运输服务,汽车配件销售。', ['transport']],
    ['', []],
  ])('%s', (scope, expected) => {
    expect(tags(scope)).toEqual(expected);
  });

  test.each([
    '化工(不含危险化学品)销售',
    '化工原料（危险化学品除外）、五金',
    '日用杂品(不含烟花爆竹)、建筑五金',
    '宠物及宠物食品、宠物用品的销售',
    '石化产品（危险化学品经营许可证有效期至2016年12月31日）',
    '不得从事矿山开采、餐饮、住宿',
  ])('what is excluded, or said of a licence, is no industry: %s', (scope) => {
    expect(tags(scope)).toEqual([]);
  });

  test('an exclusion ends where the next thing begins', () => {
    expect(tags('百货（不含烟花爆竹）；餐饮服务')).toEqual(['catering']);
    expect(tags('化工原料（除危险化学品），锅炉安装')).toEqual(['special-equipment']);
  });

  test('an exception does not hide the same word elsewhere', () => {
    expect(tags('宠物食品、预包装食品')).toEqual(['food-sales']);
  });
});

describe('the class an entity is drawn in', () => {
  test.each([
    ['nothing known', 'B', [], 0, 'B'],
    ['on the abnormal-operations list', 'B', ['abnormal-operations'], 0, 'C'],
    ['complained about again and again', 'A', [], 3, 'B'],
    ['both', 'B', ['abnormal-operations'], 5, 'D'],
    ['a serious violation', 'A', ['serious-violation'], 0, 'D'],
    ['good credit', 'B', ['good-credit'], 0, 'A'],
    ['good credit, yet complained about', 'B', ['good-credit'], 4, 'C'],
    ['never below A', 'A', ['good-credit'], 0, 'A'],
  ] as const)('%s', (_, declared, flags, complaints, expected) => {
    expect(drawClass(declared, flags, complaints)).toBe(expected);
  });
});

test.each([
  ['陕西省岚皋县盐业公司', false],
  ['安康市缁衣绔商贸有限公司', false],
  ['ABC (China) Co., Ltd. — Café', false],
  ['Müller机械（中国）有限公司', false],
  ['����˳�����ӹ�', true],
  ['锟斤拷锟斤拷', true],
  ['鍏徃鍚嶇О鏈夐檺鍏徃', true],
  ['å®‰åº·å¸‚', true],
])('%s: garbled %s', (text, expected) => {
  expect(isGarbled(text)).toBe(expected);
});

test.each([
  ['通信设施的安装、工程施工和维修；互联网上网服务业务', []],
  ['洗涤用品、手术室、诊疗室设备、水泥', []],
  ['互联网上网服务', ['entertainment']],
  ['烟花 B、C、D级，爆竹 B、C级批发', ['dangerous-chemicals']],
])('words inside other words are told apart: %s', (scope, expected) => {
  expect(tags(scope)).toEqual(expected);
});
