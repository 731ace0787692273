/**
 * Answers the same question of many with one answer, which is made anew when it is older than `milliseconds`.
 * Those who ask while it is being made wait for it together. `owner` keeps apart what several applications in one
 * process ask.
 */
export function sharedFor<T>(milliseconds: number) {
  const kept = new WeakMap<object, Map<string, { until: number; answer: Promise<T> }>>();
  return (owner: object, key: string, make: () => Promise<T>): Promise<T> => {
    const own = kept.get(owner) ?? new Map<string, { until: number; answer: Promise<T> }>();
    kept.set(owner, own);
    const now = performance.now();
    const known = own.get(key);
    if (known && known.until > now) return known.answer;
    for (const [other, { until }] of own) if (until <= now) own.delete(other);
    const answer = make();
    own.set(key, { until: now + milliseconds, answer });
    // A failure is not kept: the next one asks again.
    answer.catch(() => own.delete(key));
    return answer;
  };
}
