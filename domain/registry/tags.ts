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

/** Most scopes have neither, and looking is cheaper than replacing. */
const LICENCE = /许可证|有效期|凭证|依法须经批准/;
const EXCLUDING = /[不除禁]/;

/** The part of a scope of business that says what the entity does. */
export function statedScope(scope: string): string {
  const normal = scope.normalize('NFKC');
  const own = LICENCE.test(normal) ? normal.replace(BRACKETED_LICENCE, '') : normal;
  return EXCLUDING.test(own) ? own.replace(EXCEPTED, '').replace(EXCLUSION, '') : own;
}

/** The tags of a scope, in the order of the rules. */
export const tagsOf = (scope: string, rules: readonly TagRule[]): string[] => tagFinder(rules)(scope);

/** For many scopes: rules are looked up by the characters that their words begin with, as most scopes meet few of them. */
export function tagFinder(rules: readonly TagRule[]): (scope: string) => string[] {
  const byFirst = new Map<number, TagRule[]>();
  for (const rule of rules) {
    for (const first of new Set(rule.anyOf.map((word) => word.charCodeAt(0)))) {
      byFirst.set(first, [...(byFirst.get(first) ?? []), rule]);
    }
  }
  return (scope) => {
    if (scope === '') return [];
    const stated = statedScope(scope);
    const possible = new Set<TagRule>();
    for (let at = 0; at < stated.length; at += 1) {
      const found = byFirst.get(stated.charCodeAt(at));
      if (found) for (const rule of found) possible.add(rule);
    }
    return rules.filter((rule) => possible.has(rule) && matches(stated, rule)).map((rule) => rule.tag);
  };
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
