import type { Fields } from './fields';

/** A kind of document: what its templates can name, and the template that ships. */
export interface Kind<F extends Fields = Fields> {
  zh: string;
  en: string;
  fields: F;
  template: string;
}

export const kind = <F extends Fields>(declared: Kind<F>): Kind<F> => declared;
