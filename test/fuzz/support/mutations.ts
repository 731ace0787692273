/** Good input, spoilt: bytes and pieces of text that are changed, left out, doubled, moved or drawn from what parsers stumble on. */
import fc from 'fast-check';

const NASTY = [
  ...[
    '',
    '\0',
    '"',
    '""',
    "'",
    ',',
    ';',
    '\t',
    '\r',
    '\n',
    '\r\n',
    '\ufeff',
    '\u2028',
    '\ud800',
    '\u202e',
    '𠮷',
  ],
  ...[
    '-1',
    '0',
    '1e999',
    '9007199254740993',
    '99999999999999999999',
    'NaN',
    'null',
    'true',
    '__proto__',
    'constructor',
  ],
  ...[
    '{{',
    '${x}',
    '%00',
    '%s%n',
    '../../etc/passwd',
    '=1+1',
    '@SUM(A1)',
    '<!ENTITY a "b">',
    '&a;',
    '<![CDATA[',
    ']]>',
  ],
  ...[
    '[',
    '{"a":',
    '('.repeat(2000),
    '['.repeat(2000),
    'a'.repeat(70_000),
    '，'.repeat(5000),
    ' '.repeat(20_000),
  ],
  ...['2026-02-30', '0000-00-00', '9999-12-31T24:00:00Z', '--', '/*', '\\', '\\u0000', '\x1b[31m'],
];

const nasty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);

type Edit = { at: number; length: number } & (
  { do: 'remove' | 'double' } | { do: 'replace' | 'insert'; text: string }
);

/** Places are parts of a million of the whole, so that they shrink with it. */
const place = fc.nat({ max: 1_000_000 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({
    at: place,
    length: fc.nat({ max: 200 }),
    do: fc.constantFrom('remove' as const, 'double' as const),
  }),
  fc.record({
    at: place,
    length: fc.nat({ max: 20 }),
    do: fc.constantFrom('replace' as const, 'insert' as const),
    text: nasty,
  }),
);

/** A text with up to eight changes. */
export const spoilt = (samples: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(...samples), fc.array(edit, { minLength: 1, maxLength: 8 }))
    .map(([sample, edits]) => edits.reduce(apply, sample));

function apply(text: string, change: Edit): string {
  const at = Math.floor((change.at / 1_000_000) * text.length);
  const [before, touched, after] = [
    text.slice(0, at),
    text.slice(at, at + change.length),
    text.slice(at + change.length),
  ];
  switch (change.do) {
    case 'remove':
      return before + after;
    case 'double':
      return before + touched + touched + after;
    case 'insert':
      return before + change.text + touched + after;
    case 'replace':
      return before + change.text + after;
  }
}

/** Bytes with up to thirty overwritten, perhaps cut off or with more behind. */
export const spoiltBytes = (samples: readonly Buffer[]): fc.Arbitrary<Buffer> =>
  fc
    .record({
      sample: fc.constantFrom(...samples),
      bytes: fc.array(fc.tuple(place, fc.nat({ max: 255 })), { maxLength: 30 }),
      end: fc.option(place, { nil: 1_000_000 }),
      more: fc.uint8Array({ maxLength: 20 }),
    })
    .map(({ sample, bytes, end, more }) => {
      const spoiled = Buffer.from(sample);
      for (const [at, byte] of bytes) spoiled[Math.floor((at / 1_000_001) * spoiled.length)] = byte;
      return Buffer.concat([spoiled.subarray(0, Math.ceil((end / 1_000_000) * spoiled.length)), more]);
    });

/** A JSON value with up to three of its members changed for anything. */
export const spoiltValue = (samples: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(place, fc.oneof(fc.jsonValue(), nasty)), { minLength: 1, maxLength: 3 }),
    )
    .map(([sample, changes]) => changes.reduce<unknown>(changed, structuredClone(sample)));

function changed(value: unknown, [at, by]: readonly [number, unknown]): unknown {
  const places: [holder: Record<string, unknown>, key: string][] = [];
  const walk = (holder: unknown) => {
    if (typeof holder !== 'object' || holder === null) return;
    for (const key of Object.keys(holder)) {
      places.push([holder as Record<string, unknown>, key]);
      walk((holder as Record<string, unknown>)[key]);
    }
  };
  walk(value);
  const [holder, key] = places[Math.floor((at / 1_000_001) * places.length)] ?? [];
  if (!holder || key === undefined) return by;
  holder[key] = by;
  return value;
}
