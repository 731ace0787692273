import { Navigate, useLocation } from 'react-router';
import { FormPrint } from '../components/item/form-print';
import { useSession } from '../session/use-session';

/** A sheet has no frame around it: it asks by itself whether somebody is signed in. */
export function ItemFormPrint() {
  const { pathname, search } = useLocation();
  const { data: me } = useSession();
  return me === null ? (
    <Navigate to={`/login?from=${encodeURIComponent(pathname + search)}`} replace />
  ) : (
    <FormPrint />
  );
}
