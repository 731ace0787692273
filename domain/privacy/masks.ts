/**
 * What is left of personal data where somebody need not know it: enough to tell two apart and to recognise one's own, not
 * enough to use it (ASVS 5.0 14.2.6; PIPL art. 51, de-identification).
 */
import { maskedPerson } from '../visits/mask';
import type { Kind } from './kinds';

/** 138****5678; the separators of a landline's number stay. */
export function maskPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').length;
  const country = phone.startsWith('+86') ? 2 : 0;
  const [front, back] = digits >= 10 ? [country + 3, 4] : [0, 2];
  return starred(phone, /\d/, front, back);
}

/** z***@ak.gov.cn: of how many letters the name is stays unknown. */
export function maskMail(mail: string): string {
  const at = mail.lastIndexOf('@');
  return at < 1 ? starred(mail, /./, 1, 0) : `${[...mail][0] ?? ''}***${mail.slice(at)}`;
}

/** 61**************27 */
export const maskIdNumber = (number: string): string => starred(number, /[\dA-Za-z]/, 2, 2);

/** The certificate's number of an inspector: its last two characters. */
export const maskCertificate = (number: string): string => starred(number, /[\p{L}\p{N}]/u, 0, 2);

/** Down to the county or district. */
export function maskAddress(address: string): string {
  if (address === '') return '';
  const area = /^.*?(?:县|区|市(?!场)|旗)(?!.{0,6}?(?:县|区|旗))/u.exec(address)?.[0];
  return `${area ?? [...address].slice(0, 3).join('')}****`;
}

/** The form of what stands in a field of that kind. */
export function masked(kind: Kind, value: string): string {
  switch (kind) {
    case 'phone':
      return maskPhone(value);
    case 'mail':
      return maskMail(value);
    case 'certificate':
      return maskCertificate(value);
    case 'address':
      return maskAddress(value);
    case 'name':
      return maskedPerson(value);
    default:
      return value === '' ? '' : '****';
  }
}

/** Whether it is a masked value that somebody sends back: it must not take the place of the true one. */
export const isMasked = (value: string): boolean => /[*＊]/.test(value);

const MAIL = /[\w.%+-]+@[\w-]+(?:\.[\w-]+)+/g;
const NUMBERS =
  /(?<![\dA-Za-z*])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?[2-9]\d{6,7})(?![\dA-Za-z])/g;

/** A text with the numbers and addresses in it masked. */
export const maskWithin = (text: string): string =>
  text
    .replace(MAIL, maskMail)
    .replace(NUMBERS, (one) => (one.replace(/\D/g, '').length >= 15 ? maskIdNumber(one) : maskPhone(one)));

/** All of these characters become asterisks, but for so many at the front and at the back; short ones all. */
function starred(text: string, which: RegExp, front: number, back: number): string {
  const characters = [...text];
  const places = characters.flatMap((one, at) => (which.test(one) ? [at] : []));
  const shown =
    places.length > front + back ? [...places.slice(0, front), ...places.slice(places.length - back)] : [];
  return characters.map((one, at) => (which.test(one) && !shown.includes(at) ? '*' : one)).join('');
}
