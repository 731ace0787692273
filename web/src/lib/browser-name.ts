/** In order: what calls itself by several names is the first of them. */
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, '微信 WeChat'],
  [/DingTalk/, '钉钉 DingTalk'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/(Firefox|FxiOS)\//, 'Firefox'],
  [/(Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, 'HarmonyOS'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Macintosh/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];

/** What a person calls the browser that names itself so; null: nothing that is known. */
export function browserName(userAgent: string | null): string | null {
  const known = [BROWSERS, SYSTEMS].flatMap((list) =>
    list.filter(([pattern]) => pattern.test(userAgent ?? '')).slice(0, 1),
  );
  return known.length > 0 ? known.map(([, name]) => name).join(' · ') : null;
}
