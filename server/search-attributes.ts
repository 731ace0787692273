/** Makes the namespace know what operators find workflows by (docs/operations/temporal.md). */
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../domain/names';
import { StartError } from './start-error';

/** Temporal's `IndexedValueType`. */
const TYPES = { Keyword: 2, KeywordList: 7 };

/** gRPC: another process was faster; the server can't list them; Temporal is away, or takes too long. */
const ALREADY_EXISTS = 6;
const UNIMPLEMENTED = 12;
const PASSING = [1, 4, 14];

const WANTED = Object.values(SEARCH_ATTRIBUTES).map(({ name, isList }): Wanted => ({
  name,
  type: isList ? 'KeywordList' : 'Keyword',
}));

interface Wanted {
  name: string;
  type: keyof typeof TYPES;
}

/**
 * Doing it again changes nothing. A namespace that refuses fails the start: a workflow that shows what its namespace doesn't
 * know would stand still in the middle of a campaign.
 */
export async function ensureSearchAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  const known = (): Promise<Record<string, unknown>> =>
    operatorService.listSearchAttributes({ namespace }).then(
      ({ customAttributes }) => customAttributes,
      (error: unknown) => {
        if (codeOf(error) === UNIMPLEMENTED) return {};
        throw error;
      },
    );
  try {
    const before = await known();
    const missing = WANTED.filter(({ name }) => !(name in before));
    if (missing.length > 0) {
      const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, TYPES[type]]));
      await operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((error: unknown) => {
        if (codeOf(error) !== ALREADY_EXISTS) throw error;
      });
    }
    const now = missing.length > 0 ? await known() : before;
    const foreign = WANTED.find(({ name, type }) => name in now && Number(now[name]) !== TYPES[type]);
    if (foreign) throw new Error(`${foreign.name} is not of type ${foreign.type}`);
  } catch (error) {
    if (PASSING.includes(codeOf(error) ?? -1)) throw error;
    throw refused(namespace, error as Error);
  }
}

const codeOf = (error: unknown): number | undefined => (isGrpcServiceError(error) ? error.code : undefined);

function refused(namespace: string, { message }: Error): StartError {
  const commands = WANTED.map(
    ({ name, type }) =>
      `  temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${type}`,
  ).join('\n');
  return new StartError(
    `Temporal 的命名空间 ${namespace} 不接受一次查的搜索属性：${message}\n请由其管理员执行后再启动：\n${commands}`,
    `The Temporal namespace ${namespace} refuses the search attributes of OneVisit (reason above). Have its administrator run these commands, then start again.`,
  );
}
