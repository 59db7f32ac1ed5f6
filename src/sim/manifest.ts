import { readZipEntry } from './zip.ts';

export interface Manifest {
  packageName: string;
  versionCode: number;
  versionName: string;
  minSdk: number;
  permissions: string[];
  instrumentation?: { component: string; target: string };
}

interface Element {
  name: string;
  attributes: Map<string, string | number>;
}

const chunkStringPool = 0x0001;
const chunkResourceMap = 0x0180;
const chunkStartElement = 0x0102;
const typeString = 0x03;
/** Attribute names may be stripped from the string pool; then only their resource ids tell them (AOSP public-final.xml). */
const attributeIds = new Map([
  [0x0101_0003, 'name'],
  [0x0101_0021, 'targetPackage'],
  [0x0101_020c, 'minSdkVersion'],
  [0x0101_021b, 'versionCode'],
  [0x0101_021c, 'versionName'],
]);

/** What package an apk holds; undefined when it is no apk. */
export function readManifest(apk: Uint8Array): Manifest | undefined {
  const xml = readZipEntry(apk, 'AndroidManifest.xml');
  if (!xml) return undefined;
  try {
    return fromElements([...elements(xml)]);
  } catch (thrown) {
    if (thrown instanceof RangeError) return undefined; // an offset beyond the end: not a manifest
    throw thrown;
  }
}

function fromElements(list: readonly Element[]): Manifest | undefined {
  const root = list.find((element) => element.name === 'manifest');
  const packageName = root?.attributes.get('package');
  if (!root || typeof packageName !== 'string') return undefined;
  const instrumentation = list.find((element) => element.name === 'instrumentation');
  const runner = instrumentation?.attributes.get('name');
  return {
    packageName,
    versionCode: Number(root.attributes.get('versionCode') ?? 0),
    versionName: String(root.attributes.get('versionName') ?? ''),
    minSdk: Number(list.find((element) => element.name === 'uses-sdk')?.attributes.get('minSdkVersion') ?? 1),
    permissions: list
      .filter((element) => element.name === 'uses-permission')
      .map((element) => String(element.attributes.get('name') ?? ''))
      .filter((name) => name !== ''),
    ...(typeof runner === 'string' && {
      instrumentation: {
        component: `${packageName}/${runner.startsWith('.') ? packageName + runner : runner}`,
        target: String(instrumentation?.attributes.get('targetPackage') ?? ''),
      },
    }),
  };
}

/** Start tags of a binary XML document (AOSP androidfw/ResourceTypes.h). */
function* elements(xml: Buffer): Generator<Element> {
  let strings: string[] = [];
  let resourceIds: number[] = [];
  for (let at = xml.readUInt16LE(2); at + 8 <= xml.length; ) {
    const type = xml.readUInt16LE(at);
    const headerBytes = xml.readUInt16LE(at + 2);
    const size = xml.readUInt32LE(at + 4);
    if (size < 8) return;
    if (type === chunkStringPool) strings = readStringPool(xml, at);
    else if (type === chunkResourceMap) {
      resourceIds = Array.from({ length: (size - headerBytes) / 4 }, (_, n) =>
        xml.readUInt32LE(at + headerBytes + n * 4),
      );
    } else if (type === chunkStartElement) yield readElement(xml, at + headerBytes, { strings, resourceIds });
    at += size;
  }
}

function readElement(xml: Buffer, at: number, pool: { strings: string[]; resourceIds: number[] }): Element {
  const { strings, resourceIds } = pool;
  const attributes = new Map<string, string | number>();
  const first = at + xml.readUInt16LE(at + 8);
  const attributeBytes = xml.readUInt16LE(at + 10);
  for (let n = 0; n < xml.readUInt16LE(at + 12); n++) {
    const place = first + n * attributeBytes;
    const nameIndex = xml.readUInt32LE(place + 4);
    const name = strings[nameIndex] || (attributeIds.get(resourceIds[nameIndex] ?? 0) ?? '');
    const data = xml.readUInt32LE(place + 16);
    attributes.set(name, xml[place + 15] === typeString ? (strings[data] ?? '') : data);
  }
  return { name: strings[xml.readUInt32LE(at + 4)] ?? '', attributes };
}

function readStringPool(xml: Buffer, at: number): string[] {
  const isUtf8 = (xml.readUInt32LE(at + 16) & 0x100) !== 0;
  const start = at + xml.readUInt32LE(at + 20);
  return Array.from({ length: xml.readUInt32LE(at + 8) }, (_, n) => {
    let place = start + xml.readUInt32LE(at + 28 + n * 4);
    if (!isUtf8) {
      const long = xml.readUInt16LE(place) & 0x8000;
      const units = long
        ? ((xml.readUInt16LE(place) & 0x7fff) << 16) | xml.readUInt16LE(place + 2)
        : xml.readUInt16LE(place);
      place += long ? 4 : 2;
      return xml.toString('utf16le', place, place + units * 2);
    }
    // First the length in characters, then in bytes; each one byte, or two when the top bit is set.
    place += xml.readUInt8(place) & 0x80 ? 2 : 1;
    const wide = xml.readUInt8(place) & 0x80;
    const bytes = wide ? ((xml.readUInt8(place) & 0x7f) << 8) | xml.readUInt8(place + 1) : xml.readUInt8(place);
    place += wide ? 2 : 1;
    return xml.toString('utf8', place, place + bytes);
  });
}
