import { maskCertificate, maskMail, maskPhone } from '../../domain/privacy/masks';

/** What stands in rows and in requests. */
const MASKS: Readonly<Record<string, (value: string) => string>> = {
  phone: maskPhone,
  email: maskMail,
  certificate_number: maskCertificate,
  certificateNumber: maskCertificate,
};

/**
 * An inspector's facts for tables that leave the system and for the audit log, which nobody can erase: that a contact was
 * changed, and which of two it is, can be told; the contact itself stands in the inspector's versions.
 */
export const maskedFacts = <T extends object>(facts: T): T =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => {
      const mask = MASKS[name];
      return [name, mask && typeof value === 'string' ? mask(value) : (value as unknown)];
    }),
  ) as T;
