import { KINDS } from '../../documents/kinds';
import { MEDIA_TYPES, type Format } from '../../documents/render';
import type { ApiContext } from '../context';
import { FileAnswer } from '../implement';
import { originWords, templateInForce } from './template-in-force';
import type { Wanted } from './wanted';

/** The file of a document, or of several of one name, each by the template of its department. */
export async function fileOf(
  { db, renderDocument }: Pick<ApiContext, 'db' | 'renderDocument'>,
  format: Format,
  ...wanted: readonly [Wanted, ...Wanted[]]
): Promise<FileAnswer> {
  const parts = [];
  const origins: string[] = [];
  for (const { kind, department, data } of wanted) {
    const template = await templateInForce(db, kind, department);
    const origin = await originWords(db, template, department);
    if (!origins.includes(origin)) origins.push(origin);
    parts.push(...data.map((one) => ({ template: template.body, data: one })));
  }
  const [first] = wanted;
  const file = await renderDocument({
    ...{ format, parts },
    title: `${KINDS[first.kind].zh} ${first.fileName}`,
    origin: origins.join('；'),
  });
  return new FileAnswer(Buffer.from(file), `${first.fileName}.${format}`, null, MEDIA_TYPES[format]);
}
