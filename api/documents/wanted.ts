import type { DocumentData, DocumentKind } from '../../documents/kinds';

/** A document of this kind with its data: which template it is made by is the department's matter. */
export interface Wanted<K extends DocumentKind = DocumentKind> {
  kind: K;
  /** Whose template; null: the city's. */
  department: string | null;
  /** Without its ending. */
  fileName: string;
  /** One after the other, each on a page of its own. */
  data: DocumentData<K>[];
}
