/** The database judges scopes of business as domain/registry/tags.ts does. */
import fc from 'fast-check';
import { DEFAULT_TAG_RULES } from '../../../domain/registry/tag-rules';
import { statedScope, tagsOf, type TagRule } from '../../../domain/registry/tags';
import { insertTagRules } from '../../../db/tag-rules';
import { testDatabase, type TestDatabase } from '../../support/database';

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await insertTagRules(database.db, DEFAULT_TAG_RULES);
});
afterAll(() => database.drop());

/** What decides, whole and in pieces, so that taking text out brings pieces together. */
const PIECES = [
  ...[
    '餐饮',
    '餐',
    '饮',
    '批发',
    '食品',
    '宠物食品',
    '宠物',
    '烟花爆竹',
    '农药',
    '药品',
    '除',
    '解除',
    '除尘',
    '除外',
  ],
  ...[
    '不含',
    '不包括',
    '除外的',
    '不得从事',
    '严禁',
    '未经许可不得',
    '许可证',
    '有效期至2016年',
    '依法须经批准',
  ],
  ...[
    '，',
    ',',
    '。',
    '；',
    ';',
    '（',
    '）',
    '(',
    ')',
    '【',
    '】',
    '[',
    ']',
    '、',
    ' ',
    '\n',
    'Ａ',
    'A',
    '①',
    '㎡',
    '𠮷',
    '.',
    '*',
    '\\',
    '%',
    '?',
  ],
];
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join(''));
const word = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 2 })
  .map((pieces) => pieces.join('').normalize('NFKC').trim())
  .filter((each) => each !== '');
const words = (minLength: number) => fc.uniqueArray(word, { minLength, maxLength: 3 });
const rule: fc.Arbitrary<TagRule> = fc.record({
  tag: fc.constant('t'),
  label: fc.constant('t'),
  anyOf: words(1),
  noneOf: words(0),
  notWith: fc.oneof(fc.constant([]), words(0)),
  active: fc.constant(true),
});

interface Judged {
  stated: string;
  gives: boolean;
}

async function inSql(cases: readonly { scope: string; rule: TagRule }[]): Promise<Judged[]> {
  const { rows } = await database.db.raw<{ rows: Judged[] }>(
    `select stated_scope(normalize(c.scope, NFKC)) as stated, scope_gives(c.scope, c."anyOf", c."noneOf", c."notWith") as gives
       from jsonb_to_recordset(cast(:cases as jsonb))
         as c(at int, scope text, "anyOf" text[], "noneOf" text[], "notWith" text[])
      order by c.at`,
    { cases: JSON.stringify(cases.map(({ scope, rule: each }, at) => ({ at, scope, ...each }))) },
  );
  return rows;
}

test('any rule on any scope', async () => {
  let given = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ scope: text, rule }), { minLength: 50, maxLength: 50 }),
      async (cases) => {
        const expected = cases.map(({ scope, rule: each }) => ({
          stated: statedScope(scope),
          gives: tagsOf(scope, [each]).length > 0,
        }));
        given += expected.filter(({ gives }) => gives).length;
        expect(await inSql(cases)).toEqual(expected);
      },
    ),
    { numRuns: 100 },
  );
  // Both answers come up.
  expect(given).toBeGreaterThan(100);
  expect(given).toBeLessThan(4900);
}, 120_000);

test('all rules of a city at once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc
          .array(
            fc.constantFrom(
              ...PIECES,
              ...DEFAULT_TAG_RULES.flatMap((each) => [...each.anyOf, ...each.noneOf]),
            ),
            { maxLength: 12 },
          )
          .map((pieces) => pieces.join('')),
        { minLength: 20, maxLength: 20 },
      ),
      async (scopes) => {
        const { rows } = await database.db.raw<{ rows: { tags: string[] }[] }>(
          `select tags_of_scope(scope) as tags from unnest(cast(? as text[])) with ordinality as s (scope, at) order by at`,
          [scopes],
        );
        expect(rows.map(({ tags }) => tags)).toEqual(
          scopes.map((scope) => tagsOf(scope, DEFAULT_TAG_RULES).sort()),
        );
      },
    ),
    { numRuns: 30 },
  );
}, 120_000);
