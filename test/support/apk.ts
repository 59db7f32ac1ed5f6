/** Binary XML as in an APK: a pool of UTF-8 strings, then start tags (AOSP androidfw/ResourceTypes.h). */
function manifestOf({ name, versionCode, minSdk }: Required<ApkOptions>): Buffer {
  const strings = ['manifest', 'package', name, 'versionCode', 'uses-sdk', 'minSdkVersion'];
  const at = (text: string): number => strings.indexOf(text);
  const tags = [
    element(at('manifest'), [
      { name: at('package'), type: 0x03, data: at(name) },
      { name: at('versionCode'), type: 0x10, data: versionCode },
    ]),
    element(at('uses-sdk'), [{ name: at('minSdkVersion'), type: 0x10, data: minSdk }]),
  ];
  const body = [stringPool(strings), ...tags];
  return Buffer.concat([words16(0x0003, 8), words32(8 + sizeOf(body)), ...body]);
}

function stringPool(strings: readonly string[]): Buffer {
  const texts = strings.map((text) =>
    Buffer.concat([Buffer.from([text.length, text.length]), Buffer.from(`${text}\0`)]),
  );
  const offsets = texts.map((_, index) => sizeOf(texts.slice(0, index)));
  const padding = Buffer.alloc((4 - (sizeOf(texts) % 4)) % 4);
  const start = 28 + offsets.length * 4;
  const size = start + sizeOf(texts) + padding.length;
  const head = [words16(0x0001, 28), words32(size, strings.length, 0, 0x100, start, 0)];
  return Buffer.concat([...head, words32(...offsets), ...texts, padding]);
}

function element(name: number, attributes: readonly { name: number; type: number; data: number }[]): Buffer {
  const rows = attributes.map((one) =>
    Buffer.concat([
      words32(0xffff_ffff, one.name, 0xffff_ffff),
      words16(8),
      Buffer.from([0, one.type]),
      words32(one.data),
    ]),
  );
  const fixed = Buffer.concat([words32(0xffff_ffff, name), words16(20, 20, rows.length, 0, 0, 0)]);
  const size = 16 + fixed.length + sizeOf(rows);
  return Buffer.concat([words16(0x0102, 16), words32(size, 1, 0xffff_ffff), fixed, ...rows]);
}

/** A zip with one entry, stored as it is. */
function zip(entry: string, content: Buffer): Buffer {
  const name = Buffer.from(entry);
  const sizes = words32(0, content.length, content.length);
  const local = Buffer.concat([
    words32(0x0403_4b50),
    words16(20, 0, 0, 0, 0),
    sizes,
    words16(name.length, 0),
    name,
    content,
  ]);
  const central = Buffer.concat([
    words32(0x0201_4b50),
    words16(20, 20, 0, 0, 0, 0),
    sizes,
    words16(name.length, 0, 0, 0, 0),
    words32(0, 0),
    name,
  ]);
  const end = Buffer.concat([
    words32(0x0605_4b50),
    words16(0, 0, 1, 1),
    words32(central.length, local.length),
    words16(0),
  ]);
  return Buffer.concat([local, central, end]);
}

const words16 = (...values: number[]): Buffer => Buffer.from(new Uint16Array(values).buffer);
const words32 = (...values: number[]): Buffer => Buffer.from(new Uint32Array(values).buffer);
const sizeOf = (buffers: readonly Buffer[]): number => buffers.reduce((sum, { length }) => sum + length, 0);

export interface ApkOptions {
  name: string;
  versionCode?: number;
  minSdk?: number;
  /** Grows by so many bytes that mean nothing. */
  padding?: number;
}

/** The smallest app there is: a name and a version, without code. */
export function apkBytes({ name, versionCode = 1, minSdk = 21, padding = 0 }: ApkOptions): Buffer {
  const manifest = manifestOf({ name, versionCode, minSdk, padding });
  return zip('AndroidManifest.xml', Buffer.concat([manifest, Buffer.alloc(padding)]));
}
