import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { DemoOutcome } from './run-demo';
import { DEMO_STAGE_LABELS, DEMO_STAGES, type DemoReporter, type DemoStage } from './steps';

interface Timing {
  stage: DemoStage;
  seconds: number;
}

/** Progress bars on a terminal, plain lines elsewhere; the summary at the end. */
export class DemoScreen implements DemoReporter {
  private readonly bars: MultiBar | null;
  private readonly whole: SingleBar | null;
  private part: SingleBar | null = null;
  private readonly timings: Timing[] = [];
  private current: { stage: DemoStage; began: number } | null = null;

  constructor() {
    this.bars = process.stdout.isTTY
      ? new MultiBar(
          { format: ' {bar} {value}/{total} {label}', hideCursor: true, clearOnComplete: false },
          Presets.shades_classic,
        )
      : null;
    this.whole = this.bars?.create(DEMO_STAGES.length, 0, { label: '' }) ?? null;
  }

  stage(stage: DemoStage): void {
    this.finishStage();
    this.current = { stage, began: Date.now() };
    this.whole?.update(DEMO_STAGES.indexOf(stage), { label: DEMO_STAGE_LABELS[stage] });
    if (!this.bars)
      console.log(`[${DEMO_STAGES.indexOf(stage) + 1}/${DEMO_STAGES.length}] ${DEMO_STAGE_LABELS[stage]}`);
  }

  progress(done: number, total: number): void {
    if (!this.bars || total === 0) return;
    const label = this.current ? DEMO_STAGE_LABELS[this.current.stage] : '';
    this.part ??= this.bars.create(total, done, { label });
    this.part.update(done);
  }

  note(text: string): void {
    if (this.bars) this.bars.log(`      ${text}\n`);
    else console.log(`      ${text}`);
  }

  end(): void {
    this.finishStage();
    this.whole?.update(DEMO_STAGES.length, { label: '' });
    this.bars?.stop();
  }

  seconds(): Record<string, number> {
    return Object.fromEntries(this.timings.map(({ stage, seconds }) => [stage, seconds]));
  }

  summary(outcome: DemoOutcome, where: readonly string[]): void {
    const { merging, mails } = outcome;
    const refused = outcome.imports.flatMap((run) =>
      run.refusals.map((refusal) => ({ file: run.fileName, ...refusal })),
    );
    const total = this.timings.reduce((sum, { seconds }) => sum + seconds, 0);
    const rows: [string, string | number][] = [
      ['任务 campaign', outcome.code],
      [
        '名录行数 rows imported',
        outcome.imports.map((run) => `${run.rowsRead} (${run.fileName})`).join('、'),
      ],
      ['抽查总体 population', outcome.population],
      ['上门次数 visits', merging.visits],
      ['分别检查则为 visits if apart', merging.visitsApart],
      ['合并节省 visits saved', merging.saved],
      ['人员空缺 unfilled slots', outcome.unfilledSlots],
      ['迟交部门与督办单 late, urging order', `${outcome.lateDepartment} ${outcome.urgingOrder}`],
      ['后续处理 handling cases', outcome.cases],
      ['督查通报 bulletin', outcome.bulletin],
      ['公示结果 results published', outcome.published],
      ['邮件 mails', mails.byStatus.map(({ status, count }) => `${status} ${count}`).join('，')],
    ];
    console.log(`\n演示完成 the demo is done（${total.toFixed(1)} s）\n`);
    for (const [label, value] of rows) console.log(`  ${label}：${value}`);
    console.log('\n  通知 notices（封数 mails 按摘要合并）');
    for (const row of mails.byKind) console.log(`    ${row.label}：${row.notices}（邮件 ${row.mails}）`);
    console.log('\n  各阶段用时 seconds by stage');
    for (const { stage, seconds } of this.timings)
      console.log(`    ${DEMO_STAGE_LABELS[stage]}：${seconds.toFixed(1)}`);
    if (refused.length > 0) {
      console.log('\n  被拒绝的行 refused rows');
      for (const { file, rowNumber, column, value, message } of refused) {
        console.log(`    ${file} 第 ${rowNumber} 行 ${column} “${value.slice(0, 40)}”：${message}`);
      }
    }
    console.log('\n  到哪里看 where to look');
    for (const line of where) console.log(`    ${line}`);
  }

  private finishStage(): void {
    if (!this.current) return;
    this.timings.push({ stage: this.current.stage, seconds: (Date.now() - this.current.began) / 1000 });
    this.current = null;
    if (this.part) this.bars?.remove(this.part);
    this.part = null;
  }
}
