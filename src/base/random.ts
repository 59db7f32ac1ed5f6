import { createHash } from 'node:crypto';

/** Chance, handed in: seeded per attempt, so that a run replays from its seed. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number;
  /** Whole number, both ends included. */
  int(min: number, max: number): number;
  /** One of `list`; throws RangeError on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** True with a chance of `percent` (0–100). */
  chance(percent: number): boolean;
}

/** Same seed, same sequence, on every machine. (sfc32 by Chris Doty-Humphrey, public domain, seeded from SHA-256.) */
export function seededRandom(seed: string | number): Random {
  const bytes = createHash('sha256').update(String(seed)).digest();
  let a = bytes.readUInt32LE(0);
  let b = bytes.readUInt32LE(4);
  let c = bytes.readUInt32LE(8);
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 0x1_0000_0000;
  };
  const int = (min: number, max: number): number => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    int,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('pick from an empty list');
      return list[int(0, list.length - 1)] as T;
    },
    chance: (percent) => next() * 100 < percent,
  };
}
