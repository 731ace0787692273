/** Beyond this many people the packed keys would no longer be whole numbers. */
const INDEX_LIMIT = 2 ** 21;

/**
 * `people` in the order of their tickets. The first 32 bits decide nearly always and sort as packed numbers;
 * only those that share them are told apart by the whole ticket.
 */
export function ticketOrder(people: ArrayLike<number>, ticketOf: (person: number) => string): Int32Array {
  const size = people.length;
  if (size > INDEX_LIMIT) throw new RangeError(`more than ${INDEX_LIMIT} inspectors in one department`);
  const keys = new Float64Array(size);
  for (let at = 0; at < size; at++) {
    keys[at] = Number.parseInt(ticketOf(people[at]!).slice(0, 8), 16) * INDEX_LIMIT + at;
  }
  keys.sort();
  const order = new Int32Array(size);
  for (let at = 0; at < size; at++) order[at] = people[keys[at]! % INDEX_LIMIT]!;
  const prefixAt = (at: number) => Math.floor(keys[at]! / INDEX_LIMIT);
  for (let from = 0, to = 1; from < size; from = to++) {
    while (to < size && prefixAt(to) === prefixAt(from)) to++;
    if (to - from > 1) order.set([...order.subarray(from, to)].sort(byTicket(ticketOf)), from);
  }
  return order;
}

const byTicket = (ticketOf: (person: number) => string) => (a: number, b: number) =>
  ticketOf(a) < ticketOf(b) ? -1 : 1;
