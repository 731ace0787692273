interface FieldProblem {
  field: string;
  message: string;
}

/** A failure as the API tells it (RFC 9457), or the want of an answer. */
export class Problem extends Error {
  private constructor(
    readonly status: number,
    readonly type: string,
    detail: string,
    readonly fields: readonly FieldProblem[] = [],
    readonly requestId: string | null = null,
  ) {
    super(detail);
  }

  static from(body: unknown, status: number): Problem {
    const { type, detail, fields, requestId } = (typeof body === 'object' && body ? body : {}) as Partial<{
      type: string;
      detail: string;
      fields: FieldProblem[];
      requestId: string;
    }>;
    return new Problem(status, type ?? 'unknown', detail ?? '', fields, requestId ?? null);
  }

  static unreachable(): Problem {
    return new Problem(0, 'unreachable', '');
  }
}
