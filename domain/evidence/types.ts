/** Kinds of files that can be evidence, told by their first bytes: a name says nothing. */
export const EVIDENCE_TYPES = {
  jpeg: { mediaType: 'image/jpeg', label: 'JPEG 照片', isPhoto: true },
  png: { mediaType: 'image/png', label: 'PNG 图片', isPhoto: true },
  webp: { mediaType: 'image/webp', label: 'WebP 图片', isPhoto: true },
  heic: { mediaType: 'image/heic', label: 'HEIC 照片', isPhoto: true },
  pdf: { mediaType: 'application/pdf', label: 'PDF 文件', isPhoto: false },
  mp4: { mediaType: 'video/mp4', label: 'MP4 视频', isPhoto: false },
  mov: { mediaType: 'video/quicktime', label: 'MOV 视频', isPhoto: false },
} as const;

export type EvidenceType = keyof typeof EVIDENCE_TYPES;

export const ALL_EVIDENCE_TYPES = Object.keys(EVIDENCE_TYPES) as EvidenceType[];

/** What of a file has to be there before its type can be told. */
export const HEAD_BYTES = 64;

export function evidenceTypeOf(head: Buffer): EvidenceType | null {
  if (head.subarray(0, 3).equals(JPEG)) return 'jpeg';
  if (head.subarray(0, 8).equals(PNG)) return 'png';
  const text = head.toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('%PDF-')) return 'pdf';
  return text.slice(4, 8) === 'ftyp' ? boxedType(head, text) : null;
}

const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Files made of boxes (ISO 14496-12): their first box names the brands they follow. */
function boxedType(head: Buffer, text: string): EvidenceType | null {
  const end = Math.min(head.readUInt32BE(0), text.length);
  const brands: string[] = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(text.slice(at, at + 4));
  const [major = ''] = brands;
  if (brands.some((brand) => HEIC.includes(brand))) return 'heic';
  if (major === 'qt  ') return 'mov';
  return MP4.test(major) ? 'mp4' : null;
}

const HEIC = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx'];
const MP4 = /^(iso[m2-9]|mp4[12]|avc1|M4V |MSNV|3gp\d)$/;
