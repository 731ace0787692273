/** Trainings of inspectors as lists of participants have them (plan 4.3). */
import type { RowOutcome } from './entity-row';
import { RowReader, type ColumnSpec, type Header } from './table';

export const TRAINING_COLUMNS = {
  code: { names: ['编号', '人员编号', '工号', 'code'] },
  certificateNumber: {
    names: ['执法证号', '执法证件号', '证件号', '证件号码', '证号', 'certificate_number'],
  },
  name: { names: ['姓名', '人员姓名', 'name'] },
  topic: {
    names: ['培训名称', '培训内容', '培训主题', '培训班', '培训班名称', '课程', '课程名称', 'topic'],
    required: true,
  },
  heldOn: {
    names: ['培训日期', '日期', '结束日期', '培训结束日期', '结业日期', 'held_on'],
    required: true,
  },
  hours: { names: ['学时', '培训学时', '课时', '学时数', 'hours'], required: true },
  validUntil: {
    names: ['有效期至', '有效期', '培训有效期', '培训有效期至', '有效期截止', 'valid_until'],
    required: true,
  },
  result: { names: ['结果', '考核结果', '培训结果', '考试结果', '是否合格', 'result'] },
} as const satisfies Record<string, ColumnSpec>;

type TrainingReader = RowReader<keyof typeof TRAINING_COLUMNS>;

export interface TrainingFacts {
  /** Of the inspector; one of both is enough, and each that is given must be theirs. */
  code: string | null;
  certificateNumber: string | null;
  name: string | null;
  topic: string;
  heldOn: string;
  hours: number;
  validUntil: string;
}

/** Somebody who did not pass has no training that counts: such a row is refused, and says so. */
export function readTrainingRow(
  header: Header<keyof typeof TRAINING_COLUMNS>,
  width: number,
  cells: readonly string[],
  today: string,
): RowOutcome<TrainingFacts> {
  const reader = new RowReader(header, cells, TRAINING_COLUMNS);
  reader.refuseUnreadable();
  reader.refuseWrongWidth(width);
  if (cells.length !== width) return { ok: false, key: null, refusals: reader.refusals };
  const code = optional(reader, 'code', 40);
  const certificateNumber = optional(reader, 'certificateNumber', 50);
  if (code === null && certificateNumber === null && reader.refusals.length === 0)
    reader.refuse('code', 'missing', '编号和执法证号至少填写一项，才知道是谁的培训');
  const topic = reader.isRefused('topic') ? '' : reader.required('topic', 100);
  const heldOn = readHeldOn(reader, today);
  const validUntil = neededDay(reader, 'validUntil', '没有填写有效期，请补填');
  if (heldOn !== '' && validUntil !== '' && validUntil < heldOn)
    reader.refuse('validUntil', 'validity', `有效期早于培训日期 ${heldOn}，请核对`);
  const hours = readHours(reader);
  assertPassed(reader);
  if (reader.refusals.length > 0) return { ok: false, key: null, refusals: reader.refusals };
  return {
    ok: true,
    key: JSON.stringify([code ?? certificateNumber, topic, heldOn]),
    row: { code, certificateNumber, name: optional(reader, 'name', 50), topic, heldOn, hours, validUntil },
  };
}

function optional(
  reader: TrainingReader,
  column: 'code' | 'certificateNumber' | 'name',
  length: number,
): string | null {
  const text = reader.limited(column, length);
  return text === '' ? null : text;
}

function neededDay(reader: TrainingReader, column: 'heldOn' | 'validUntil', missing: string): string {
  if (reader.text(column) === '') reader.refuse(column, 'missing', missing);
  return reader.date(column) ?? '';
}

function readHeldOn(reader: TrainingReader, today: string): string {
  const day = neededDay(reader, 'heldOn', '没有填写培训日期，请补填');
  if (day > today) reader.refuse('heldOn', 'future-date', `日期在今天（${today}）之后，请在培训结束后导入`);
  return day;
}

function readHours(reader: TrainingReader): number {
  const text = reader
    .text('hours')
    .normalize('NFKC')
    .replace(/\s*(个?(学时|课时|小时))$/, '');
  const hours = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const isHalves = hours >= 0.5 && hours <= 999 && Number.isInteger(hours * 2);
  if (!isHalves && !reader.isRefused('hours'))
    reader.refuse('hours', 'bad-hours', '学时为 0.5 到 999，按半小时填写，如 8 或 3.5');
  return hours;
}

function assertPassed(reader: TrainingReader): void {
  const text = reader.text('result').normalize('NFKC');
  if (text === '' || reader.isRefused('result')) return;
  if (/^(不合格|未合格|不及格|未通过|不通过|缺考|否|无|fail(ed)?)$/i.test(text))
    reader.refuse('result', 'not-passed', '没有通过的培训不算有效培训，不登记；补考通过后再导入');
  else if (!/^(合格|及格|通过|良好?|优秀?|是|结业|pass(ed)?)$/i.test(text))
    reader.refuse('result', 'unknown-result', '结果应为 合格 或 不合格（也可写 通过、优秀、良好、未通过）');
}
