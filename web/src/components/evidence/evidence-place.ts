import { createContext, useContext } from 'react';
import type { VisitDetail } from '../../api/types';

/** The visit whose form is filled in, and by whom; null where a form is only tried. */
export const EvidencePlace = createContext<{ visit: VisitDetail; userId: number } | null>(null);

export const useEvidencePlace = () => useContext(EvidencePlace);
