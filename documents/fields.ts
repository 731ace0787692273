/**
 * What a template can name. A catalogue of fields is one object: it checks templates, is shown to who writes them, gives the
 * example of the preview, and types the data of the real document.
 */
export interface TextField {
  type: 'text';
  en: string;
  /** Of one row after the other. */
  examples: readonly string[];
}

export interface ListField<F extends Fields = Fields> {
  type: 'list';
  en: string;
  fields: F;
  rows: number;
}

export type Field = TextField | ListField;
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- a record could not contain itself
export interface Fields {
  readonly [name: string]: Field;
}

export type DataOf<F extends Fields> = {
  -readonly [K in keyof F]: F[K] extends ListField<infer R> ? DataOf<R>[] : string;
};

/** Of any kind of document. */
// eslint-disable-next-line @typescript-eslint/consistent-indexed-object-style -- a record could not contain itself
export interface Data {
  readonly [name: string]: string | readonly Data[];
}

/** Empty where there is nothing to say: `{{#name}}…{{/name}}` then leaves out what stands between. */
export const text = (en: string, ...examples: string[]): TextField => ({ type: 'text', en, examples });

export const list = <F extends Fields>(en: string, rows: number, fields: F): ListField<F> => ({
  type: 'list',
  en,
  rows,
  fields,
});

/** Invented data, as much as shows how the template looks. */
export const exampleOf = (fields: Fields, row = 0): Data =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.type === 'text'
        ? (field.examples[row % field.examples.length] ?? '')
        : Array.from({ length: field.rows }, (_, at) => exampleOf(field.fields, at)),
    ]),
  );
