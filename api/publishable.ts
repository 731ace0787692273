import { invalid } from '../domain/errors';
import { numberProblem } from '../domain/visits/mask';
import { PUBLISHED_TEXTS } from './contract/published';

/** Refuses a request whose texts would put somebody's number before the public. */
export function assertPublishable(endpointId: string, body: unknown): void {
  const published = PUBLISHED_TEXTS[endpointId];
  if (!published || typeof body !== 'object' || body === null) return;
  const fields = Object.entries(body)
    .filter(([name]) => published.includes('*') || published.includes(name))
    .flatMap(([field, value]) => {
      const message = textsIn(value)
        .map(numberProblem)
        .find((problem) => problem !== null);
      return message ? [{ field, message }] : [];
    });
  if (fields[0]) throw invalid('personal-data', fields[0].message, fields);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
