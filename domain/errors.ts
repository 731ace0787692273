/**
 * The one hierarchy of expected failures. Mapped once to HTTP (api/middleware/problems.ts)
 * and once to Temporal (activities/failures.ts).
 */
export type FailureKind =
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'too-large'
  | 'unsupported'
  | 'unauthenticated'
  | 'unavailable'
  | 'too-many'
  | 'no-space';

/** One offending field: JSON pointer or column name, and what to do about it. */
export interface FieldProblem {
  field: string;
  message: string;
}

/**
 * A failure that a user can understand and mend.
 * `type` is stable and part of the API; `message` is Chinese, for people.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly kind: FailureKind,
    readonly type: string,
    message: string,
    readonly fields: readonly FieldProblem[] = [],
  ) {
    super(message);
  }
}

export const notFound = (type: string, message: string) => new DomainError('not-found', type, message);
export const conflict = (type: string, message: string) => new DomainError('conflict', type, message);
export const forbidden = (type: string, message: string) => new DomainError('forbidden', type, message);
export const invalid = (type: string, message: string, fields: readonly FieldProblem[] = []) =>
  new DomainError('invalid', type, message, fields);
/** One field of a request is wrong. */
export const invalidField = (type: string, field: string, message: string) =>
  invalid(type, message, [{ field, message }]);
export const tooLarge = (type: string, message: string) => new DomainError('too-large', type, message);
/** A file of another kind than is asked for. */
export const unsupported = (type: string, message: string) => new DomainError('unsupported', type, message);
export const unavailable = (type: string, message: string) => new DomainError('unavailable', type, message);
