/** U+FFFD stands where a decoder gave up; 锟斤拷 is the same character read as GBK; 烫 and 屯 fill memory never written. */
const LOST = /\ufffd|锟斤|斤拷|烫烫烫|屯屯屯/;
/** UTF-8 read as Latin-1: `å®‰åº·`. */
const AS_LATIN = /[\u00c3-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u2122]/;
/** Where the common characters of Chinese names land when their UTF-8 is read as GBK. */
const AS_GBK =
  /[鍏鍙鍦鍒鍖鍘鍚鍝鏈鏉鏂鏃鏄鐨鐢鐩涓浜浠浼佷笟绠鐞闄徃绔瀹夊悍甯傝矾鍟嗚锛缁鎴璐閿鑽椋惧簵杩鏀閮]/g;

/** One of these is in whatever any of the above finds: most texts need one look. */
const SUSPECT = new RegExp(`[\\u00c3-\\u00f4\\ufffd锟拷烫屯${AS_GBK.source.slice(1, -1)}]`);

/** Whether a text is Chinese that was read in the wrong encoding. Names of places may hold one such character; garbage is full of them. */
export function isGarbled(text: string): boolean {
  if (!SUSPECT.test(text)) return false;
  if (LOST.test(text) || AS_LATIN.test(text)) return true;
  const characters = [...text].length;
  return characters >= 4 && (text.match(AS_GBK)?.length ?? 0) / characters > 0.4;
}
