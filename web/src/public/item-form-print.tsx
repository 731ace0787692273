import { FormPrint } from '../components/item/form-print';

export const PublicItemFormPrint = () => <FormPrint isPublic />;
