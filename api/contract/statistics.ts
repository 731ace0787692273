import type { z } from 'zod';
import {
  chanceReport,
  coverageReport,
  groomingQuery,
  groomingReport,
  inspectorReport,
  statisticsQuery,
} from '../schemas/statistics';
import { endpoint } from './endpoint';

const report = <Q extends z.ZodObject, A extends z.ZodType>(
  id: string,
  path: string,
  summary: string,
  query: Q,
  answer: A,
) =>
  endpoint({
    id,
    method: 'get',
    path: `/statistics/${path}`,
    tag: 'statistics',
    summary,
    query,
    answer,
  });

const table = <Q extends z.ZodObject>(id: string, path: string, summary: string, query: Q) =>
  endpoint({
    id,
    method: 'get',
    path: `/statistics/${path}.csv`,
    tag: 'statistics',
    summary: `${summary}（CSV）`,
    query,
    answer: null,
    file: 'text/csv',
  });

const COVERAGE = '覆盖面：名录、抽查范围、抽中与已检查';
const CHANCE = '抽中次数与随机预期的比较';
const INSPECTORS = '检查人员承担户数与随机预期的比较';
const GROOMING = '冻结名录前后的名录变动';

export const statisticsContract = {
  readCoverage: report('readCoverage', 'coverage', COVERAGE, statisticsQuery, coverageReport),
  downloadCoverage: table('downloadCoverage', 'coverage', COVERAGE, statisticsQuery),
  readChance: report('readChance', 'chance', CHANCE, statisticsQuery, chanceReport),
  downloadChance: table('downloadChance', 'chance', CHANCE, statisticsQuery),
  readInspectorCounts: report(
    'readInspectorCounts',
    'inspectors',
    INSPECTORS,
    statisticsQuery,
    inspectorReport,
  ),
  downloadInspectorCounts: table('downloadInspectorCounts', 'inspectors', INSPECTORS, statisticsQuery),
  readGrooming: report('readGrooming', 'grooming', GROOMING, groomingQuery, groomingReport),
  downloadGrooming: table('downloadGrooming', 'grooming', GROOMING, groomingQuery),
};
