import { seededRandom } from '../base/random.ts';

export interface SampleVideoOptions {
  /** Length in whole seconds, 1–60. */
  seconds?: number;
  /** Same seed, same bytes; another seed, another film. */
  seed?: string | number;
}

const widthMbs = 9;
const heightMbs = 16;
const mbs = widthMbs * heightMbs;
const framesPerSecond = 10;

/**
 * A small film that any player shows: H.264 in MP4, 144×256, a drifting colour pattern, no sound. Made from nothing, so
 * that demo and tests need neither a file nor an encoder. The first frame of a second holds raw samples (I_PCM
 * macroblocks), the others skip every macroblock, which is why no transform or entropy coder is needed (ITU-T H.264).
 */
export function createSampleVideo({ seconds = 3, seed = 0 }: SampleVideoOptions = {}): Uint8Array {
  const random = seededRandom(`film:${seed}`);
  const tint = { y: random.int(40, 120), cb: random.int(40, 215), cr: random.int(40, 215) };
  const frames: Buffer[] = [];
  for (let second = 0; second < seconds; second++) {
    frames.push(nalUnit(0x65, keyFrame(second, tint)));
    for (let n = 1; n < framesPerSecond; n++) frames.push(nalUnit(0x41, skippedFrame(n)));
  }
  return movie(frames.map(lengthPrefixed), seconds);
}

interface Tint {
  y: number;
  cb: number;
  cr: number;
}

/** Most significant bit first, with the Exp-Golomb codes of H.264 clause 9.1. */
class BitWriter {
  readonly #bytes: number[] = [];
  #used = 0;
  #byte = 0;

  bits(value: number, count: number): this {
    for (let at = count - 1; at >= 0; at--) {
      this.#byte = (this.#byte << 1) | ((value >> at) & 1);
      if (++this.#used === 8) this.#flush();
    }
    return this;
  }

  ue(value: number): this {
    const length = 32 - Math.clz32(value + 1);
    return this.bits(0, length - 1).bits(value + 1, length);
  }

  align(): this {
    while (this.#used > 0) this.bits(0, 1);
    return this;
  }

  /** rbsp_trailing_bits: a one, then zeros up to the byte. */
  end(): Buffer {
    this.bits(1, 1).align();
    return Buffer.from(this.#bytes);
  }

  #flush(): void {
    this.#bytes.push(this.#byte);
    this.#byte = 0;
    this.#used = 0;
  }
}

/** Baseline, level 1.1; picture order is decoding order (pic_order_cnt_type 2); one reference frame. */
const parameterSets = {
  sequence: nalUnit(
    0x67,
    new BitWriter()
      .bits(66, 8)
      .bits(0xc0, 8)
      .bits(11, 8)
      .ue(0)
      .ue(0) // 4 bits of frame_num
      .ue(2)
      .ue(1)
      .bits(0, 1)
      .ue(widthMbs - 1)
      .ue(heightMbs - 1)
      .bits(0b1100, 4) // frames only, direct_8x8, no cropping, no VUI
      .end(),
  ),
  picture: nalUnit(
    0x68,
    new BitWriter()
      .ue(0)
      .ue(0)
      .bits(0, 2) // CAVLC
      .ue(0)
      .ue(0)
      .ue(0)
      .bits(0, 3) // no weighted prediction
      .ue(0)
      .ue(0)
      .ue(0)
      .bits(0b100, 3) // the slice says that it is not deblocked
      .end(),
  ),
};

function keyFrame(second: number, tint: Tint): Buffer {
  const slice = new BitWriter()
    .ue(0)
    .ue(7)
    .ue(0)
    .bits(0, 4)
    .ue(second % 2)
    .bits(0, 2)
    .ue(0)
    .ue(1);
  for (let mb = 0; mb < mbs; mb++) {
    slice.ue(25).align();
    const column = mb % widthMbs;
    const row = Math.floor(mb / widthMbs);
    // 16 and above: the sample value 0 is not allowed in I_PCM of older decoders.
    const y = 16 + ((tint.y + column * 8 + row * 5 + second * 24) % 200);
    for (let n = 0; n < 256; n++) slice.bits(y, 8);
    for (let n = 0; n < 64; n++) slice.bits(tint.cb, 8);
    for (let n = 0; n < 64; n++) slice.bits(tint.cr, 8);
  }
  return slice.end();
}

/** A P slice whose mb_skip_run covers the picture. */
const skippedFrame = (n: number): Buffer =>
  new BitWriter()
    .ue(0)
    .ue(5)
    .ue(0)
    .bits(n % 16, 4)
    .bits(0, 3)
    .ue(0)
    .ue(1)
    .ue(mbs)
    .end();

/** Header byte and payload; a 3 goes between two zeros and a byte up to 3, so that no start code appears. */
function nalUnit(header: number, payload: Buffer): Buffer {
  const out = [header];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      out.push(3);
      zeros = 0;
    }
    out.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Buffer.from(out);
}

const lengthPrefixed = (nal: Buffer): Buffer => Buffer.concat([u32(nal.length), nal]);

// MP4 boxes, ISO/IEC 14496-12 and -15. Time scale: 1000 for the movie, frames for the track.

function movie(samples: readonly Buffer[], seconds: number): Uint8Array {
  const head = box('ftyp', text('isom'), u32(512), text('isomiso2avc1mp41'));
  // The index holds the offset of the film itself, so it is laid out twice: its size does not depend on the offset.
  const dataAt = head.length + index(samples, seconds, 0).length + 8;
  return new Uint8Array(Buffer.concat([head, index(samples, seconds, dataAt), box('mdat', ...samples)]));
}

function index(samples: readonly Buffer[], seconds: number, dataAt: number): Buffer {
  const keys = samples.flatMap((_, n) => (n % framesPerSecond === 0 ? [n + 1] : []));
  const table = box(
    'stbl',
    full('stsd', u32(1), visualEntry()),
    full('stts', u32(1), u32(samples.length), u32(1)),
    full('stss', u32(keys.length), ...keys.map(u32)),
    full('stsc', u32(1), u32(1), u32(samples.length), u32(1)),
    full('stsz', u32(0), u32(samples.length), ...samples.map((sample) => u32(sample.length))),
    full('stco', u32(1), u32(dataAt)),
  );
  const isHere = Buffer.from([0, 0, 0, 1]);
  const media = box(
    'mdia',
    full('mdhd', u32(0), u32(0), u32(framesPerSecond), u32(samples.length), u16(0x55c4), u16(0)), // language: und
    full('hdlr', u32(0), text('vide'), zeros(12), text('video\0')),
    box('minf', box('vmhd', isHere, zeros(8)), box('dinf', full('dref', u32(1), box('url ', isHere))), table),
  );
  const ms = u32(seconds * 1000);
  const header = box(
    'tkhd',
    Buffer.from([0, 0, 0, 3]), // enabled, in the movie
    ...[u32(0), u32(0), u32(1), u32(0), ms, zeros(16), matrix],
    ...[u32((widthMbs * 16) << 16), u32((heightMbs * 16) << 16)],
  );
  const rate = Buffer.concat([u32(0x10000), u16(0x100), zeros(10)]);
  return box(
    'moov',
    full('mvhd', u32(0), u32(0), u32(1000), ms, rate, matrix, zeros(24), u32(2)),
    box('trak', header, media),
  );
}

function visualEntry(): Buffer {
  const { sequence, picture } = parameterSets;
  const configuration = box(
    'avcC',
    Buffer.from([1, 66, 0xc0, 11, 0xff, 0xe1]),
    ...[u16(sequence.length), sequence, Buffer.from([1]), u16(picture.length), picture],
  );
  return box(
    'avc1',
    ...[zeros(6), u16(1), zeros(16), u16(widthMbs * 16), u16(heightMbs * 16)],
    ...[u32(0x48_0000), u32(0x48_0000), u32(0), u16(1), zeros(32), u16(24), u16(0xffff)],
    configuration,
  );
}

const matrix = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x4000_0000].map(u32));

function u16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 255]);
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function zeros(count: number): Buffer {
  return Buffer.alloc(count);
}

function text(value: string): Buffer {
  return Buffer.from(value, 'latin1');
}

function box(type: string, ...body: readonly Buffer[]): Buffer {
  const content = Buffer.concat(body);
  return Buffer.concat([u32(content.length + 8), text(type), content]);
}

/** A box with version 0 and no flags. */
function full(type: string, ...body: readonly Buffer[]): Buffer {
  return box(type, u32(0), ...body);
}
