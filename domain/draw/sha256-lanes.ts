/**
 * SHA-256 of four tickets at a time. A ticket's message is the seed (64 digits: one block of SHA-256, the same for
 * all), then `\nentity\n` and the code: one more block. So the first block is done once, and the second for four
 * codes side by side in a small WebAssembly module, which is put together here.
 * Only the first 32 bits of each ticket come out: they say who can be among the first, and those few are hashed by
 * Node's own SHA-256.
 */
import { compress, INITIAL, K } from './sha256-block';

/** Bytes of a record in which the code comes first. */
const CODE_BYTES = 18;
const PREFIX = '\nentity\n';
const MESSAGE_BITS = (64 + PREFIX.length + CODE_BYTES) * 8;

/** Node has it; only the compiler's library for browsers declares it. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

export interface PrefixModule {
  /** Room for `capacity` records. */
  records: Uint8Array;
  /** First 32 bits of the tickets, after `run`. */
  prefixes: Uint32Array;
  run: (count: number) => void;
}

/** Ready to hash records of `stride` bytes, `capacity` at a time, for one seed. */
export function prefixModule(seed: string, stride: number, capacity: number): PrefixModule {
  const state = compress(INITIAL, wordsOf(Buffer.from(seed, 'latin1')));
  const rounded = Math.ceil(capacity / 4) * 4;
  const bytes = rounded * (stride + 4);
  const wasm = moduleBytes(state, stride, rounded * stride, Math.ceil(bytes / 65_536));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(wasm));
  const { memory, run } = exports as { memory: { buffer: ArrayBuffer }; run: (groups: number) => void };
  return {
    records: new Uint8Array(memory.buffer, 0, rounded * stride),
    prefixes: new Uint32Array(memory.buffer, rounded * stride, rounded),
    run: (count) => {
      run(Math.ceil(count / 4));
    },
  };
}

function wordsOf(block: Buffer): number[] {
  return Array.from({ length: 16 }, (_, at) => block.readUInt32BE(at * 4));
}

/** Opcodes of WebAssembly, as far as they are needed. */
const OP = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  end: [0x0b],
  br: [0x0c],
  brIf: [0x0d],
  localGet: [0x20],
  localSet: [0x21],
  localTee: [0x22],
  i32Const: [0x41],
  i32Eqz: [0x45],
  i32Add: [0x6a],
  load32Lane: [0xfd, 0x56],
  store: [0xfd, 0x0b],
  v128Const: [0xfd, 0x0c],
  shuffle: [0xfd, 0x0d],
  and: [0xfd, 0x4e],
  or: [0xfd, 0x50],
  xor: [0xfd, 0x51],
  bitselect: [0xfd, 0x52],
  shl: [0xfd, 0xab, 0x01],
  shrU: [0xfd, 0xad, 0x01],
  add: [0xfd, 0xae, 0x01],
} as const;

const I32 = 0x7f;
const V128 = 0x7b;

/** Locals: the parameter and two addresses, 16 words of the message, 8 of the state, one of scratch. */
const LEFT = 0;
const RECORD = 1;
const OUT = 2;
const W = 3;
const STATE = W + 16;
const SCRATCH = STATE + 8;

function moduleBytes(
  state: readonly number[],
  stride: number,
  out: number,
  pages: number,
): Uint8Array<ArrayBuffer> {
  const code = [
    ...vector(
      [[2, I32] as const, [16 + 8 + 1, V128] as const].map(([count, type]) => [...uleb(count), type]),
    ),
    ...[...OP.i32Const, ...sleb(out), ...OP.localSet, OUT],
    ...OP.block,
    ...OP.loop,
    ...[...OP.localGet, LEFT, ...OP.i32Eqz, ...OP.brIf, 1],
    ...messageWords(stride),
    ...rounds(state),
    ...advance(RECORD, 4 * stride),
    ...advance(OUT, 16),
    ...advance(LEFT, -1),
    ...[...OP.br, 0],
    ...OP.end,
    ...OP.end,
    ...OP.end,
  ];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, vector([[0x60, 1, I32, 0]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[0x00, ...uleb(pages)]])),
    ...section(
      7,
      vector([
        [...text('memory'), 0x02, 0],
        [...text('run'), 0x00, 0],
      ]),
    ),
    ...section(10, vector([[...uleb(code.length), ...code]])),
  ]);
}

/** The second block: the prefix, the code, the end mark and the length; four records into four lanes. */
function messageWords(stride: number): number[] {
  const prefix = Buffer.from(PREFIX, 'latin1');
  const words: number[][] = [constant(prefix.readUInt32BE(0)), constant(prefix.readUInt32BE(4))];
  for (let offset = 0; offset < 20; offset += 4) words.push(gathered(stride, offset));
  // Of the last word two bytes are the code's; what follows it in the record is not hashed.
  words[6] = [...(words[6] ?? []), ...constant(0xffff0000), ...OP.and, ...constant(0x8000), ...OP.or];
  while (words.length < 15) words.push(constant(0));
  words.push(constant(MESSAGE_BITS));
  return words.flatMap((word, at) => [...word, ...OP.localSet, W + at]);
}

function gathered(stride: number, offset: number): number[] {
  const lanes = [0, 1, 2, 3].flatMap((lane) => [
    ...[...OP.localGet, RECORD],
    ...(lane === 0 ? constant(0) : [...OP.localGet, SCRATCH]),
    ...[...OP.load32Lane, 0, ...uleb(lane * stride + offset), lane],
    ...[...OP.localSet, SCRATCH],
  ]);
  const bigEndian = Array.from({ length: 16 }, (_, at) => (at & ~3) + 3 - (at & 3));
  return [...lanes, ...[...OP.localGet, SCRATCH, ...OP.localGet, SCRATCH], ...OP.shuffle, ...bigEndian];
}

function rounds(state: readonly number[]): number[] {
  const code = state.flatMap((word, at) => [...constant(word), ...OP.localSet, STATE + at]);
  for (let round = 0; round < 64; round += 1) {
    // The letters move on by one each round: the locals stay where they are.
    const letter = (at: number): number => STATE + ((at - round + 64) & 7);
    const [a, b, c, d] = [letter(0), letter(1), letter(2), letter(3)];
    const [e, f, g, h] = [letter(4), letter(5), letter(6), letter(7)];
    if (round >= 16) code.push(...schedule(round));
    code.push(
      ...get(h),
      ...sum(e, 6, 11, 25),
      ...OP.add,
      ...[...get(f), ...get(g), ...get(e), ...OP.bitselect],
      ...OP.add,
      ...[...get(W + (round & 15)), ...constant(K[round] ?? 0), ...OP.add],
      ...OP.add,
      ...[...OP.localTee, SCRATCH],
      ...[...get(d), ...OP.add, ...OP.localSet, d],
      ...[...get(SCRATCH), ...sum(a, 2, 13, 22), ...OP.add],
      // Where a and b differ c decides, else they do.
      ...[...get(c), ...get(a), ...get(a), ...get(b), ...OP.xor, ...OP.bitselect],
      ...OP.add,
      ...[...OP.localSet, h],
    );
  }
  code.push(...get(OUT), ...get(STATE), ...constant(state[0] ?? 0), ...OP.add, ...OP.store, 0, 0);
  return code;
}

function schedule(round: number): number[] {
  const word = (back: number): number => W + ((round - back) & 15);
  return [
    ...get(word(16)),
    ...mix(word(15), 7, 18, 3),
    ...OP.add,
    ...get(word(7)),
    ...OP.add,
    ...mix(word(2), 17, 19, 10),
    ...OP.add,
    ...[...OP.localSet, word(16)],
  ];
}

const get = (local: number): number[] => [...OP.localGet, local];
const shiftRight = (local: number, bits: number): number[] => [
  ...get(local),
  ...OP.i32Const,
  ...sleb(bits),
  ...OP.shrU,
];
const rotate = (local: number, bits: number): number[] => [
  ...shiftRight(local, bits),
  ...[...get(local), ...OP.i32Const, ...sleb(32 - bits), ...OP.shl],
  ...OP.or,
];
const sum = (local: number, x: number, y: number, z: number): number[] => [
  ...rotate(local, x),
  ...[...rotate(local, y), ...OP.xor],
  ...[...rotate(local, z), ...OP.xor],
];
const mix = (local: number, x: number, y: number, shift: number): number[] => [
  ...rotate(local, x),
  ...[...rotate(local, y), ...OP.xor],
  ...[...shiftRight(local, shift), ...OP.xor],
];

function constant(word: number): number[] {
  const lane = [word & 255, (word >>> 8) & 255, (word >>> 16) & 255, word >>> 24];
  return [...OP.v128Const, ...lane, ...lane, ...lane, ...lane];
}

const advance = (local: number, by: number): number[] => [
  ...[...OP.localGet, local, ...OP.i32Const, ...sleb(by), ...OP.i32Add, ...OP.localSet, local],
];

const section = (id: number, content: number[]): number[] => [id, ...uleb(content.length), ...content];
const vector = (entries: readonly (readonly number[])[]): number[] => [
  ...uleb(entries.length),
  ...entries.flat(),
];
const text = (name: string): number[] => [name.length, ...Buffer.from(name, 'latin1')];

function uleb(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...uleb(value >>> 7)];
}

function sleb(value: number): number[] {
  const rest = value >> 7;
  const low = value & 127;
  const isLast = (rest === 0 && (low & 64) === 0) || (rest === -1 && (low & 64) !== 0);
  return isLast ? [low] : [low | 128, ...sleb(rest)];
}
