import { useState } from 'react';
import { newIdempotencyKey } from '../api/client';
import { Problem } from '../api/problem';

/**
 * The key of what a person is about to do. It stays as long as nobody knows what became of it: who presses again after
 * an answer was lost asks for the same thing, not for another.
 */
export function useIntention() {
  const [key, setKey] = useState(newIdempotencyKey);
  const settle = (_outcome: unknown, error: unknown) => {
    const isUnknown = error instanceof Problem && (error.status === 0 || error.status >= 500);
    if (!isUnknown) setKey(newIdempotencyKey());
  };
  return { key, settle };
}
