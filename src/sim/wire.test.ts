import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  A_CLSE,
  A_CNXN,
  A_OKAY,
  A_OPEN,
  A_WRTE,
  checksum,
  commandName,
  encodePacket,
  MAX_PAYLOAD,
  type Packet,
  PacketParser,
  WireError,
} from './wire.ts';

const uint32 = fc.integer({ min: 0, max: 0xffff_ffff });
const packets = fc.array(
  fc.record({
    command: fc.constantFrom(A_CNXN, A_OPEN, A_OKAY, A_WRTE, A_CLSE),
    arg0: uint32,
    arg1: uint32,
    payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  }),
  { maxLength: 8 },
);
const encode = (list: readonly Packet[], withChecksum: boolean) =>
  Buffer.concat(list.flatMap((packet) => encodePacket(packet, { withChecksum })));

test('whatever the chunks, the packets that were sent come out', () => {
  fc.assert(
    fc.property(
      packets,
      fc.boolean(),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (sent, sums, cuts) => {
        const parser = new PacketParser();
        parser.verifiesChecksum = sums;
        const bytes = encode(sent, sums);
        const got: Packet[] = [];
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1;
          got.push(...parser.push(bytes.subarray(at, at + size)));
          at += size;
        }
        expect(got).toEqual(sent);
      },
    ),
  );
});

test('no bytes at all make a parser do anything but yield packets or throw WireError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      try {
        for (const packet of new PacketParser().push(Buffer.from(bytes)))
          expect(packet.payload.length).toBeLessThanOrEqual(200);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(WireError);
      }
    }),
  );
});

const okay: Packet = { command: A_OKAY, arg0: 1, arg1: 2, payload: Buffer.alloc(0) };

test('a flipped bit in the magic is noticed', () => {
  const [header] = encodePacket(okay, { withChecksum: false });
  header[20] = (header[20] ?? 0) ^ 1;
  expect(() => [...new PacketParser().push(header)]).toThrow('bad magic');
});

test('a length beyond what was negotiated is refused before it is waited for', () => {
  const [header] = encodePacket(okay, { withChecksum: false });
  header.writeUInt32LE(MAX_PAYLOAD + 1, 12);
  expect(() => [...new PacketParser().push(header)]).toThrow(WireError);
});

test('a checksum counts only for peers that still send one', () => {
  const [header, payload] = encodePacket(
    { ...okay, command: A_WRTE, payload: Buffer.from('hi') },
    { withChecksum: false },
  );
  const bytes = Buffer.concat([header, payload]);
  expect([...new PacketParser().push(bytes)]).toHaveLength(1);
  const strict = new PacketParser();
  strict.verifiesChecksum = true;
  expect(() => [...strict.push(bytes)]).toThrow('wrong checksum on WRTE');
  expect(checksum(Buffer.from([255, 255, 2]))).toBe(512);
});

test('commands print as their four letters', () => {
  expect([A_CNXN, A_WRTE].map(commandName)).toEqual(['CNXN', 'WRTE']);
});
