import { inflateRawSync } from 'node:zlib';

/** Content of one entry of a zip file (an apk is one); undefined when the archive or the entry cannot be read. */
export function readZipEntry(zip: Uint8Array, name: string): Buffer | undefined {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > bytes.length) return undefined;
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x0201_4b50) return undefined;
    const nameBytes = bytes.readUInt16LE(at + 28);
    const next = at + 46 + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
    if (bytes.toString('utf8', at + 46, at + 46 + nameBytes) === name) {
      return readContent(bytes, {
        method: bytes.readUInt16LE(at + 10),
        size: bytes.readUInt32LE(at + 20),
        local: bytes.readUInt32LE(at + 42),
      });
    }
    at = next;
  }
  return undefined;
}

function readContent(bytes: Buffer, entry: { method: number; size: number; local: number }): Buffer | undefined {
  const { method, size, local } = entry;
  if (local + 30 > bytes.length || bytes.readUInt32LE(local) !== 0x0403_4b50) return undefined;
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const raw = bytes.subarray(start, start + size);
  if (raw.length < size) return undefined;
  if (method === 0) return raw;
  try {
    return method === 8 ? inflateRawSync(raw) : undefined;
  } catch {
    return undefined; // a damaged archive is simply not readable
  }
}
