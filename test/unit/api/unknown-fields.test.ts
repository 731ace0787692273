/** Nothing reaches a handler that the endpoint does not declare (mass assignment, ASVS 5.0 15.3.3). */
import type { z } from 'zod';
import { contract } from '../../../api/contract';
import type { Endpoint } from '../../../api/contract/endpoint';
import recorded from '../../../api/contract/examples.json';

const examples: Readonly<Record<string, object & { body?: unknown }>> = recorded;
const endpoints = Object.values(contract) as Endpoint[];

/** What an attacker would like to set. */
const UNKNOWN = {
  id: -1,
  isAdmin: true,
  role: 'admin',
  grants: [{ role: 'admin' }],
  status: 'published',
  submittedBy: -1,
  departmentId: -1,
  __proto: { polluted: true },
  onevisitUnknown: true,
};

test.each(endpoints.filter(({ body }) => body).map(({ id }) => id))(
  'what %s does not declare is not handed on, at any depth',
  (id) => {
    const { body: schema } = contract[id as keyof typeof contract] as unknown as { body: z.ZodType };
    const example = examples[id]?.body;
    const plain = schema.parse(example);
    const loaded = schema.safeParse(withUnknown(example, plain));
    // Refused is as good as left out.
    expect(loaded.success ? loaded.data : plain).toEqual(plain);
  },
);

/** The example with everything in `UNKNOWN` that its objects don't have, in each of its objects. */
function withUnknown(value: unknown, known: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map((one, at) => withUnknown(one, Array.isArray(known) ? known[at] : undefined));
  }
  if (value === null || typeof value !== 'object') return value;
  const own = known !== null && typeof known === 'object' ? (known as Record<string, unknown>) : {};
  return {
    ...Object.fromEntries(Object.entries(UNKNOWN).filter(([key]) => !(key in own) && !(key in value))),
    ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withUnknown(one, own[key])])),
  };
}

test.each(endpoints.filter(({ body }) => body).map(({ id }) => id))(
  '%s takes no object of any shape',
  (id) => {
    const { body } = contract[id as keyof typeof contract] as unknown as { body: z.ZodType };
    expect(openPlaces(body as unknown as Inside)).toEqual([]);
  },
);

/** What schemas are made of, as zod keeps it. */
interface Inside {
  _zod: {
    def: {
      type: string;
      shape?: Record<string, Inside>;
      catchall?: Inside;
      element?: Inside;
      innerType?: Inside;
      options?: Inside[];
      in?: Inside;
      out?: Inside;
      left?: Inside;
      right?: Inside;
      valueType?: Inside;
      items?: Inside[];
    };
  };
}

/** Where fields pass that nobody has declared. */
function openPlaces({ _zod: { def } }: Inside, place = 'body'): string[] {
  const isOpen =
    ['any', 'unknown', 'custom'].includes(def.type) ||
    (def.catchall !== undefined && def.catchall._zod.def.type !== 'never');
  const inner: [string, Inside | undefined][] = [
    ...Object.entries(def.shape ?? {}),
    ...(def.options ?? []).map((one, at): [string, Inside] => [`option ${at}`, one]),
    ...(def.items ?? []).map((one, at): [string, Inside] => [`${at}`, one]),
    ...([
      ['[]', def.element],
      ['?', def.innerType],
      ['in', def.in],
      ['left', def.left],
      ['right', def.right],
      ['values', def.valueType],
    ] as [string, Inside | undefined][]),
  ];
  return [
    ...(isOpen ? [place] : []),
    ...inner.flatMap(([name, one]) => (one ? openPlaces(one, `${place}.${name}`) : [])),
  ];
}
