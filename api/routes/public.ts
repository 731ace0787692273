import type { Knex } from 'knex';
import { Readable } from 'node:stream';
import { readBundle, readChunks, readFrozenArchive, type ArchiveRow } from '../../db/archives';
import { listCampaigns, readCampaignItems, type CampaignSummaryRow } from '../../db/campaign-views';
import { readCampaign, type CampaignRow } from '../../db/campaigns';
import { readCeremonies, readContributions, type CeremonyRow } from '../../db/ceremonies';
import { everyRow, type RowsAfter } from '../../db/every-row';
import {
  listDrawnVisits,
  listPublishedResults,
  searchPublishedResults,
  type PublishedResultRow,
} from '../../db/public-views';
import { STAGE_LABELS } from '../../domain/campaigns';
import { tellingIndustries } from '../../domain/draw/kind-strata';
import { notFound } from '../../domain/errors';
import { publicName } from '../../domain/visits/mask';
import { METHOD_NAMES } from '../../domain/visits/methods';
import { RESULT_LABELS, type ResultCode } from '../../domain/visits/results';
import { publicContract as contract } from '../contract/public';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import { csvAnswer, type TableColumn } from '../tables';
import { regionNamer } from '../region-namer';
import { endedCeremonies } from './ended-ceremonies';

export const publicRoutes = [
  implement(contract.listPublicCampaigns, async ({ query }, { db, now }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listCampaigns(db, {
      isPublic: true,
      limit: query.limit + 1,
      now: now(),
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map(publicCampaignOf) };
  }),

  implement(contract.readPublicCampaign, async ({ params }, { db, now }) => {
    const campaign = await readPublic(db, params.code);
    const [row] = await listCampaigns(db, { code: campaign.code, limit: 1, now: now() });
    if (!row) throw noCampaign(params.code);
    const regionOf = await regionNamer(db);
    const items = await readCampaignItems(db, campaign.id);
    const ceremonies = await readCeremonies(db, campaign.id);
    return {
      ...publicCampaignOf(row),
      regions: campaign.region_codes.map(regionOf),
      items: items.map(({ code, name, department_name }) => ({ code, name, department: department_name })),
      mode: campaign.mode,
      industries: tellingIndustries(campaign.strata, campaign.industries),
      visitFrom: campaign.visit_from,
      visitTo: campaign.visit_to,
      ceremonies: await Promise.all(ceremonies.map((one) => publicCeremonyOf(db, one, row.visits))),
    };
  }),

  implement(contract.downloadBundle, async ({ params }, { db }) => {
    const campaign = await readPublic(db, params.code);
    const stored = await readBundle(db, campaign.id);
    if (!stored) throw notFound('no-bundle-yet', '还没有抽取，抽取后公布文件包。');
    return archiveAnswer(db, stored, `${campaign.code}-draw.zip`);
  }),

  implement(contract.downloadFrozen, async ({ params }, { db }) => {
    const campaign = await readPublic(db, params.code);
    const stored = await readFrozenArchive(db, campaign.id, params.number);
    if (!stored) throw notFound('no-frozen-files', `没有第 ${params.number} 次仪式的名录文件。`);
    return archiveAnswer(db, stored, `${campaign.code}-frozen-${params.number}.zip`);
  }),

  implement(contract.downloadCeremonies, async ({ params }, { db }) => {
    const campaign = await readPublic(db, params.code);
    return new FileAnswer(await endedCeremonies(db, campaign), `${campaign.code}-ceremonies.jsonl`);
  }),

  implement(contract.listDrawnVisits, async ({ params, query }, { db }) => {
    const campaign = await readPublic(db, params.code);
    const afterNumber = decodeCursor(query.cursor, isId);
    const rows = await listDrawnVisits(db, {
      campaignId: campaign.id,
      limit: query.limit + 1,
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(afterNumber === undefined ? {} : { afterNumber }),
    });
    const page = pageOf(rows, query.limit, (row) => row.number);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        number: row.number,
        entityName: publicName(row.name, row.entity_type),
        creditCode: row.credit_code,
        items: row.items,
        teams: row.teams,
        ticket: row.ticket,
      })),
    };
  }),

  implement(contract.listPublishedResults, async ({ params, query }, { db }) => {
    const campaign = await readPublic(db, params.code);
    const after = decodeCursor(query.cursor, isResultPosition);
    const rows = await listPublishedResults(db, {
      campaignId: campaign.id,
      limit: query.limit + 1,
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(after === undefined ? {} : { after }),
    });
    const page = pageOf(rows, query.limit, (row) => [row.visit_number, row.item_code]);
    return { ...page, rows: page.rows.map(resultOf) };
  }),

  implement(contract.searchPublishedResults, async ({ query }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await searchPublishedResults(db, {
      q: query.q,
      limit: query.limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        ...resultOf(row),
        campaign: { code: row.campaign_code, name: row.campaign_name },
      })),
    };
  }),

  implement(contract.downloadResults, async ({ params }, { db }) => {
    const campaign = await readPublic(db, params.code);
    return csvAnswer(CSV_COLUMNS, results(db, campaign.id), `${campaign.code}-results.csv`);
  }),
];

const NOT_PUBLIC = ['draft', 'submitted', 'returned'];

/** A campaign is public from its approval on. */
export async function readPublic(db: Knex, code: string): Promise<CampaignRow> {
  const campaign = await readCampaign(db, code);
  if (NOT_PUBLIC.includes(campaign.stage)) throw noCampaign(code);
  return campaign;
}

const noCampaign = (code: string) => notFound('campaign-not-found', `没有公开的任务“${code}”。`);

const publicCampaignOf = (row: CampaignSummaryRow) => ({
  code: row.code,
  name: row.name,
  stage: row.stage,
  stageLabel: STAGE_LABELS[row.stage],
  stageReason: row.stage_reason,
  leadDepartment: row.lead_name,
  departments: row.departments.map((department) => department.name),
  visits: row.visits,
  published: row.visits_published,
  createdAt: row.created_at.toISOString(),
});

async function publicCeremonyOf(db: Knex, ceremony: CeremonyRow, visits: number) {
  const contributions = await readContributions(db, ceremony.id);
  const frozen = await readFrozenArchive(db, ceremony.campaign_id, ceremony.number);
  return {
    number: ceremony.number,
    status: ceremony.status,
    voidReason: ceremony.void_reason,
    frozenAt: ceremony.frozen_at.toISOString(),
    commitment: ceremony.commitment,
    manifest: ceremony.manifest,
    seed: ceremony.seed,
    capped: ceremony.capped,
    withoutPublicValue: !contributions.some((one) => one.contributor.startsWith('public:')),
    contributions: contributions.map((one) => ({
      contributor: one.contributor,
      seal: one.seal,
      sealedAt: one.sealed_at?.toISOString() ?? null,
      value: one.value,
      source: one.source,
      revealedAt: one.revealed_at?.toISOString() ?? null,
    })),
    frozenSha256: frozen?.sha256 ?? null,
    bundleSha256: ceremony.bundle_sha256,
    visits: ceremony.status === 'drawn' ? visits : 0,
  };
}

const archiveAnswer = (db: Knex, stored: ArchiveRow, fileName: string) =>
  new FileAnswer(Readable.from(readChunks(db, stored), { objectMode: false }), fileName, stored);

const labelOf = (code: number | null): string | null =>
  code === null ? null : RESULT_LABELS[code as ResultCode];

const resultOf = (row: PublishedResultRow) => ({
  visitNumber: row.visit_number,
  entityName: row.entity_name,
  creditCode: row.credit_code,
  item: { code: row.item_code, name: row.item_name },
  department: row.department_name,
  resultCode: row.result_code,
  resultLabel: labelOf(row.result_code),
  method: row.method,
  visitOn: row.visit_on,
  publishedAt: row.published_at.toISOString(),
  isDisputed: row.is_disputed,
  version: row.version,
  status: row.status,
  changes: row.changes.map(
    ({ version, status, at, reason, was_code: code, was_method: method, was_day: visitOn, renamed }) => ({
      ...{ version, status, at: new Date(at).toISOString(), reason },
      before:
        code === null && method === null && visitOn === null && !renamed
          ? null
          : { resultCode: code, resultLabel: labelOf(code), method, visitOn, renamed },
    }),
  ),
});

type PublishedResult = ReturnType<typeof resultOf>;

const STATUS_WORDS = { published: '公示', corrected: '已更正', withdrawn: '已撤回' } as const;

/** The last change, as one line of open data tells it. */
const lastOf = (row: PublishedResult) => row.changes.at(-1);

const CSV_COLUMNS: readonly TableColumn<PublishedResult>[] = [
  { header: '序号', value: (row) => row.visitNumber },
  { header: '检查对象', value: (row) => row.entityName },
  { header: '统一社会信用代码', value: (row) => row.creditCode },
  { header: '抽查事项', value: (row) => row.item.name },
  { header: '检查部门', value: (row) => row.department },
  { header: '检查结果', value: (row) => row.resultLabel },
  { header: '检查方式', value: (row) => (row.method === null ? '' : METHOD_NAMES[row.method]) },
  { header: '检查日期', value: (row) => row.visitOn },
  { header: '公示时间', value: (row) => row.publishedAt },
  { header: '异议', value: (row) => (row.isDisputed ? '有异议，处理中' : '') },
  { header: '公示状态', value: (row) => STATUS_WORDS[row.status] },
  { header: '公示版本', value: (row) => row.version },
  { header: '变更时间', value: (row) => lastOf(row)?.at ?? null },
  { header: '变更理由', value: (row) => lastOf(row)?.reason ?? null },
  { header: '更正前结果', value: (row) => lastOf(row)?.before?.resultLabel ?? null },
];

async function* results(db: Knex, campaignId: number) {
  const rows = everyRow(
    ({ limit, after = [0, ''] }: RowsAfter<[number, string]>) =>
      listPublishedResults(db, { campaignId, after, limit }),
    (row): [number, string] => [row.visit_number, row.item_code],
  );
  for await (const row of rows) yield resultOf(row);
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isResultPosition = (value: unknown): value is [number, string] =>
  Array.isArray(value) && isId(value[0]) && isText(value[1]);
