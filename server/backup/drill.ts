/** Rehearses a restore: a system of its own loses all its data in the middle of a campaign, and carries it to its end. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { verifyAudit } from '../../activities/verify-audit';
import { readPending } from '../../db/audit-chain';
import { connect } from '../../db/connect';
import type { Config, Ports } from '../config';
import { Officials } from '../demo/officials';
import { carryCampaign, planOf, type DemoOptions } from '../demo/run-demo';
import { DEMO_STAGE_LABELS, waitFor, type DemoStage } from '../demo/steps';
import type { DemoVisit } from '../demo/visits';
import { evidenceOf } from '../evidence-of';
import { homePaths } from '../home';
import { resumeWorkflows } from '../resume-workflows';
import { startSystem, type System } from '../supervisor/start-system';
import { temporalConnection } from '../temporal-connection';
import { verifyBundle } from '../verify/verify-bundle';
import { restoreBackup } from './restore-backup';
import { takeBackup } from './take-backup';

/** From those of `npm start` and the demo. */
const PORTS_APART = 40;

const DEMO: DemoOptions = { files: [], mode: 'joint', resultsSeconds: 20 };

export interface Proof {
  what: string;
  held: boolean;
  seen: string;
}

/** Beside the systems of `npm start` and the demo: other folders, other ports, embedded parts only. */
export function drillConfig(config: Config, root: string): Config {
  const names = Object.keys(config.ports) as (keyof Ports)[];
  const ports = Object.fromEntries(
    names.map((name) => [name, config.ports[name] + PORTS_APART]),
  ) as unknown as Ports;
  return {
    ...config,
    home: path.join(root, 'home'),
    backupFolder: path.join(root, 'backup'),
    evidenceFolder: path.join(root, 'home', 'evidence'),
    evidenceBucketUrl: null,
    // As it should: on another machine, where it is not lost with the rest.
    auditFolder: path.join(root, 'audit'),
    auditKey: null,
    exchangeFolder: null,
    ports,
    publicUrl: `http://localhost:${String(ports.web)}`,
    databaseUrl: null,
    databaseOwnerUrl: null,
    temporalAddress: null,
    smtpUrl: null,
    metrics: null,
    secureCookies: false,
    requireTls: false,
    tracesTo: null,
    mailReports: null,
    messenger: null,
    deliveryWebhook: null,
    auditWitness: null,
  };
}

export class Drill {
  /** What each part took. */
  readonly seconds: Record<string, number> = {};
  private readonly proofs: Proof[] = [];
  private system: System | null = null;
  private evidence = 0;

  constructor(private readonly config: Config) {}

  async run(): Promise<Proof[]> {
    this.system = await startSystem(this.config, { print, seed: { entities: 300, area: '691100' } });
    const { ownerUrl } = this.system.connections;
    const db = connect(ownerUrl, { poolMax: 2, applicationName: 'onevisit-drill' });
    try {
      const officials = new Officials(db, this.system.addresses.api);
      const { code } = await carryCampaign(officials, DEMO, {
        stage: (stage) => this.atStage(stage, db, officials),
        progress: () => undefined,
        note: () => undefined,
      });
      const { stage } = await officials.anybody().get<{ stage: string }>(`/public/campaigns/${code}`);
      this.prove(
        '恢复后的活动办结 the campaign was carried to its end',
        stage === 'closed',
        `${code} ${stage}`,
      );
      await this.proveWhole(db, officials, code);
      return this.proofs;
    } finally {
      await db.destroy();
      await this.system.stop();
    }
  }

  private async atStage(stage: DemoStage, db: Knex, officials: Officials): Promise<void> {
    print(DEMO_STAGE_LABELS[stage]);
    // What comes after the base backup is in the archived log only.
    if (stage === 'results') await this.timed('backup', () => this.backUp());
    if (stage === 'overdue') await this.addEvidence(officials);
    if (stage === 'late') await this.loseAndRestore(db, officials);
    if (stage === 'publish') await this.loseProgress(db);
  }

  private async backUp(): Promise<void> {
    const made = await takeBackup(this.config, this.running().connections.ownerUrl, {
      ...{ folder: this.folder(), keep: 2, keys: this.keysFolder() },
    });
    print(`备份 backup ${made.name}：${String(made.files)} 个文件 files`);
  }

  /** Somebody who has still to hand in a result attaches a file. */
  private async addEvidence(officials: Officials): Promise<void> {
    const lead = await officials.as('scjg-lead');
    const visits = await lead.list<DemoVisit>('/visits');
    const visit = visits.find(({ items }) => items.some(({ resultCode }) => resultCode === null));
    const open = visit?.items.find(({ resultCode }) => resultCode === null);
    if (!visit || !open) throw new Error('nobody owes a result');
    const inspector = visit.inspectors.find(({ department }) => department === open.department.code);
    const person = await officials.as((inspector?.code ?? `${open.department.code}-liaison`).toLowerCase());
    const query = new URLSearchParams({ item: open.item.code, fileName: '演练.pdf' });
    await person.post(`/visits/${String(visit.id)}/evidence?${query.toString()}`, {
      file: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
    });
    this.evidence += 1;
  }

  private async loseAndRestore(db: Knex, officials: Officials): Promise<void> {
    // A file of evidence of this minute is in no backup: the files are copied again before the disk is lost.
    await this.backUp();
    const moment = await databaseTime(db);
    const lead = await officials.as('scjg-lead');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const before = await lead.list<{ code: string }>('/campaigns');
    const later = await lead.post<{ code: string }>('/campaigns', await planOf(lead, DEMO));
    await archived(db);
    await waitFor(async () => (await readPending(db)).count === 0, 'the audit log to be sealed');

    await this.timed('stop', () => this.running().stop());
    rmSync(this.config.home, { recursive: true });
    print('全部数据已毁 all data are gone');
    const restored = await this.timed('restore', () =>
      restoreBackup(this.config, { folder: this.folder(), to: moment, keys: this.keysFolder() }, print),
    );
    this.system = await this.timed('start', () => startSystem(this.config, { print }));
    const resumed = await this.timed('resume', () => this.resume(db, true));
    print(`流程 workflows：${String(resumed.started)} 启动 started`);

    const now = await waitFor(async () => lead.list<{ code: string }>('/campaigns'), 'the restored system');
    this.prove(
      '恢复到指定时刻 restored as of the moment',
      !now.some(({ code }) => code === later.code) && now.length === before.length,
      `${moment.toISOString()}；${later.code} 在其后，已不在 came later and is gone`,
    );
    this.prove(
      '其后所签仍在 what was signed of it is kept',
      restored.setAside.length > 0 && restored.keys.length > 0,
      `${String(restored.setAside.length)} 份 files；密钥 keys ${restored.keys.join(', ')}`,
    );
    const at = restored.lastTransactionAt;
    this.prove(
      '此前的改动都在 nothing of before is missing',
      at !== null && at <= moment,
      `最后一次提交 newest change ${at?.toISOString() ?? '—'}`,
    );
    const [campaign] = before;
    await this.proveWhole(db, officials, campaign?.code ?? '');
  }

  /** Temporal's store alone is lost, then of another moment than the database. */
  private async loseProgress(db: Knex): Promise<void> {
    await this.running().stop();
    const { temporalDb } = homePaths(this.config.home);
    for (const file of [temporalDb, `${temporalDb}-wal`, `${temporalDb}-shm`]) rmSync(file, { force: true });
    print('Temporal 的数据已毁 what Temporal had is gone');
    this.system = await startSystem(this.config, { print });
    const missing = await this.resume(db, false);
    const anew = await this.resume(db, true);
    // A case may have been taken up by the campaign's oversight already.
    const [all, again] = [missing, anew].map(({ started, running }) => started + running);
    this.prove(
      'Temporal 丢失后流程接续 workflows are taken up without what Temporal had',
      missing.started > 0 && anew.ended > 0 && all === again,
      `启动 started ${String(missing.started)}，重启 anew ${String(anew.started)}`,
    );
  }

  private async resume(db: Knex, anew: boolean) {
    const { temporalAddress } = this.running().connections;
    const connection = await Connection.connect(temporalConnection(this.config, temporalAddress));
    try {
      const client = new Client({ connection, namespace: this.config.temporalNamespace });
      return await resumeWorkflows(db, client, anew);
    } finally {
      await connection.close();
    }
  }

  private async proveWhole(db: Knex, officials: Officials, code: string): Promise<void> {
    const audit = await verifyAudit(db, { folder: this.config.auditFolder, keys: null });
    this.prove(
      '审计链完好 the audit log is whole',
      audit.ok,
      `${String(audit.entries)} 条 entries，检查点 checkpoints ${String(audit.checkpoints)}+${String(audit.files)}`,
    );
    const bundle = await officials.anybody().download(`/public/campaigns/${code}/bundle.zip`);
    const verification = await verifyBundle(bundle);
    this.prove(
      '抽取可复算 the draw verifies',
      verification.ok,
      `${code} bundle.zip ${String(bundle.length)} B`,
    );
    const { store } = evidenceOf(this.config);
    const rows = await db('evidence')
      .whereNull('removed_at')
      .select<{ object_key: string; sha256: string }[]>('object_key', 'sha256');
    const wrong: string[] = [];
    for (const { object_key: key, sha256 } of rows) {
      const hash = createHash('sha256');
      const file = await store.open(key).catch(() => null);
      if (file) {
        file.on('data', (chunk: Buffer) => hash.update(chunk));
        await once(file, 'end');
      }
      if (!file || hash.digest('hex') !== sha256) wrong.push(key);
    }
    this.prove(
      '佐证文件一致 evidence is what it was',
      wrong.length === 0 && rows.length === this.evidence,
      `${String(rows.length)} 份 files`,
    );
  }

  private prove(what: string, held: boolean, seen: string): void {
    this.proofs.push({ what, held, seen });
    print(`${held ? '✓' : '✗'} ${what}：${seen}`);
  }

  private async timed<T>(part: string, work: () => Promise<T>): Promise<T> {
    const began = Date.now();
    const result = await work();
    this.seconds[part] = (Date.now() - began) / 1000;
    return result;
  }

  private running(): System {
    if (!this.system) throw new Error('the system is not started');
    return this.system;
  }

  private folder(): string {
    return this.config.backupFolder ?? '';
  }

  /** Apart from the backup, as it should be. */
  private keysFolder(): string {
    return path.join(path.dirname(this.folder()), 'keys');
  }
}

function print(text: string): void {
  console.log(`  ${text}`);
}

async function databaseTime(db: Knex): Promise<Date> {
  const { rows } = await db.raw<{ rows: { at: Date }[] }>('select clock_timestamp() as at');
  return rows[0]?.at ?? new Date();
}

/** Until what was committed so far is in the archive: a lost disk takes a minute of it otherwise. */
async function archived(db: Knex): Promise<void> {
  const { rows } = await db.raw<{ rows: { file: string }[] }>(
    'select pg_walfile_name(pg_switch_wal()) as file',
  );
  const file = rows[0]?.file ?? '';
  await waitFor(async () => {
    const { rows: seen } = await db.raw<{ rows: { done: boolean }[] }>(
      "select coalesce(last_archived_wal, '') >= ? as done from pg_stat_archiver",
      [file],
    );
    return seen[0]?.done;
  }, `the archive of ${file}`);
}
