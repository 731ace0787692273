/** How an item is inspected, in the order of the rules: on paper, online, on site (国办发〔2024〕54号; plan 3.4). */
export const METHODS = ['documentary', 'online', 'on-site'] as const;

export type Method = (typeof METHODS)[number];

export const METHOD_NAMES: Record<Method, string> = {
  documentary: '书面检查',
  online: '网络监测',
  'on-site': '实地检查',
};

/** An item's methods, what should be tried first at the front. */
export const inOrder = (methods: readonly Method[]): Method[] =>
  METHODS.filter((method) => methods.includes(method));

/** What is recorded: the method that was named, or the only one there is; `problem` where that can't be said. */
export function methodOf(
  named: Method | undefined,
  methods: readonly Method[],
): { method: Method } | { problem: string } {
  const allowed = inOrder(methods);
  const [first = 'on-site'] = allowed;
  if (named === undefined && allowed.length > 1) {
    // Whoever says nothing was there, as everybody was before there was a choice.
    return { method: allowed.includes('on-site') ? 'on-site' : first };
  }
  const method = named ?? first;
  return allowed.includes(method)
    ? { method }
    : {
        problem: `该事项的检查方式为${allowed.map((one) => METHOD_NAMES[one]).join('、')}，不能登记为${METHOD_NAMES[method]}。`,
      };
}

/** Whether somebody has to go there: an item that can be inspected on site alone, or was. */
export const needsVisit = (
  items: readonly { methods: readonly Method[]; method: Method | null }[],
): boolean =>
  items.some(({ methods, method }) =>
    method === null ? methods.every((one) => one === 'on-site') : method === 'on-site',
  );
