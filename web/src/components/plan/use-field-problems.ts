import type { FormInstance } from 'antd';
import { useEffect } from 'react';
import { Problem } from '../../api/problem';
import { fieldOf, type PlanFields } from './plan-fields';

type FieldName = (string | number)[];

/** Shows what the server found wrong at the fields it is about; `onFirst` is told of the first of them. */
export function useFieldProblems(
  form: FormInstance<PlanFields>,
  error: Error | null,
  strata: readonly string[],
  onFirst?: (field: FieldName) => void,
): void {
  useEffect(() => {
    if (!(error instanceof Problem) || error.fields.length === 0) return;
    const messages = new Map<string, { name: FieldName; errors: string[] }>();
    for (const { field, message } of error.fields) {
      const name = fieldOf(field, strata);
      if (name === null) continue;
      const entry = messages.get(name.join()) ?? { name, errors: [] };
      entry.errors.push(message);
      messages.set(name.join(), entry);
    }
    const fields = [...messages.values()];
    form.setFields(fields as Parameters<typeof form.setFields>[0]);
    const first = fields[0];
    if (!first) return;
    onFirst?.(first.name);
    form.scrollToField(first.name as Parameters<typeof form.scrollToField>[0], {
      behavior: 'smooth',
      block: 'center',
    });
  }, [error, form, strata, onFirst]);
}
