/** Names of areas that registries mention before anyone entered them; a small table, not a gazetteer. */
const NAMES: Readonly<Record<string, string>> = {
  '610000': '陕西省',
  '610900': '安康市',
  '610902': '汉滨区',
  '610921': '汉阴县',
  '610922': '石泉县',
  '610923': '宁陕县',
  '610924': '紫阳县',
  '610925': '岚皋县',
  '610926': '平利县',
  '610927': '镇坪县',
  '610929': '白河县',
  '610981': '旬阳市',
};

/** An area's name, or its code where the name is not known here. */
export const regionName = (code: string): string => NAMES[code] ?? code;
