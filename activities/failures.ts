/** Expected failures on their way through Temporal: they are final, and keep their kind, type and fields. */
import { ApplicationFailure } from '@temporalio/common';
import { DomainError, type FailureKind, type FieldProblem } from '../domain/errors';

/** A failure that Temporal must not retry, from one that a user can mend; anything else stays as it is and is retried. */
export function toTemporal(error: unknown): unknown {
  if (!(error instanceof DomainError)) return error;
  return ApplicationFailure.create({
    type: error.type,
    message: error.message,
    nonRetryable: true,
    details: [{ kind: error.kind, fields: error.fields }],
  });
}

/** The way back: the DomainError in a failure that came through Temporal, or null. */
export function fromTemporal(error: unknown): DomainError | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof ApplicationFailure) || !cause.type) continue;
    const detail = cause.details?.[0] as { kind: FailureKind; fields: FieldProblem[] } | undefined;
    if (detail?.kind) return new DomainError(detail.kind, cause.type, cause.message, detail.fields);
  }
  return null;
}
