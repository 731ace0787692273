/**
 * How an industry is told from the scope of business that is registered (plan 3.2: a registry per industry).
 * `scope_gives` in the database judges alike: a change here needs a migration there.
 */
export interface TagRule {
  tag: string;
  label: string;
  /** Any of these words in the scope gives the tag … */
  anyOf: readonly string[];
  /** … unless these words, which contain them, are all there is: 宠物食品 is no 食品. */
  noneOf: readonly string[];
  /** Where one of these words stands too, there is no tag: 餐饮 beside 批发. */
  notWith: readonly string[];
  /** One that is switched off gives nothing. */
  active: boolean;
}

/** `不含危险化学品`, `除危险品`, `严禁…`: says what the entity may not do, up to the next boundary. */
const EXCLUSION =
  /(不含|不包括|不包含|除外的|不得从事|不得经营|严禁|禁止|未经许可不得|(?<!解)除(?![尘锈草虫雪湿臭垢]))[^，,。；;）)】\]]*/g;
/** `（危险化学品除外）`, `国家禁止经营专项审批的除外`. Tried once for each part of a text: anywhere else, long cells take minutes. */
const EXCEPTED = /(?<=^|[，,。；;（(【[])[^，,。；;（(【[]*除外/g;
/** Boilerplate about licences that mentions industries without meaning them; dates of licences. */
const BRACKETED_LICENCE =
  /[（(【[][^（）()【】[\]]*(许可证|有效期|凭证|依法须经批准)[^（）()【】[\]]*[）)】\]]/g;

/** The part of a scope of business that says what the entity does. */
export function statedScope(scope: string): string {
  return scope.normalize('NFKC').replace(BRACKETED_LICENCE, '').replace(EXCEPTED, '').replace(EXCLUSION, '');
}

/** The tags of a scope, in the order of the rules. */
export function tagsOf(scope: string, rules: readonly TagRule[]): string[] {
  if (scope === '') return [];
  const stated = statedScope(scope);
  return rules.filter((rule) => matches(stated, rule)).map((rule) => rule.tag);
}

/** The words of a rule by which a scope has its tag; none where it doesn't. */
export function wordsThatGive(scope: string, rule: TagRule): string[] {
  const stated = statedScope(scope);
  if (!matches(stated, rule)) return [];
  const rest = withoutExceptions(stated, rule);
  return rule.anyOf.filter((word) => rest.includes(word));
}

const matches = (stated: string, rule: TagRule): boolean => {
  const has = (text: string) => rule.anyOf.some((word) => text.includes(word));
  return (
    rule.active &&
    has(stated) &&
    (rule.noneOf.length === 0 || has(withoutExceptions(stated, rule))) &&
    !rule.notWith.some((word) => stated.includes(word))
  );
};

const withoutExceptions = (stated: string, rule: TagRule): string =>
  rule.noneOf.reduce((text, word) => text.replaceAll(word, ''), stated);
