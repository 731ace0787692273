import { DomainError } from '../../domain/errors';
import { isRecentProof } from '../../domain/sign-in/recent-proof';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import { sessionOf } from './sessions';

/** Refuses where the person of the session has not shown for some minutes who they are; the page then asks, and tries again. */
export function demandRecentProof(
  request: Pick<ApiRequest<unknown, unknown, unknown>, 'session'>,
  { now }: Pick<ApiContext, 'now'>,
): void {
  if (isRecentProof(sessionOf(request).provenAt, now())) return;
  throw new DomainError('forbidden', 'proof-needed', '请先确认是您本人，再办理这一项。');
}
