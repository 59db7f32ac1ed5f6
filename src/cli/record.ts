import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { texts as exampleTexts } from '../apps/example/texts.ts';
import { spellings as instagramWords } from '../apps/instagram/texts.ts';
import { spellings as tiktokWords } from '../apps/tiktok/texts.ts';
import { DroverError } from '../base/error.ts';
import { loadConfig } from '../config.ts';
import { maskHierarchy } from '../phone/mask.ts';

export interface RecordFlags {
  name?: string;
  out?: string;
  keep?: string[];
  port?: number;
  config?: string;
}

/** `drover record SERIAL`: the screen that a phone shows now, as a capture without private text, and a picture of it. */
export async function record(
  serial: string,
  { name = 'screen', out = 'recordings', keep = [], ...flags }: RecordFlags,
) {
  if (!/^[\w-]+$/.test(name)) {
    throw new DroverError('input.invalid', { message: `--name: "${name}" must be letters, digits, - and _ only` });
  }
  const { port } = loadConfig({ ...flags }).config;
  const device = `http://127.0.0.1:${port}/api/v1/devices/${encodeURIComponent(serial)}`;
  const hierarchy = await read(`${device}/hierarchy`, port);
  const picture = await read(`${device}/screenshot`, port);
  mkdirSync(out, { recursive: true });
  const file = join(out, name);
  writeFileSync(`${file}.xml`, maskHierarchy(hierarchy.toString('utf8'), [...knownLabels(), ...keep]));
  writeFileSync(`${file}.png`, picture);
  process.stdout.write(
    `${file}.xml: the hierarchy; words that no known app shows as a label are masked\n` +
      `${file}.png: the picture, NOT masked: keep it to yourself\n`,
  );
}

function* knownLabels(): Generator<string> {
  const all: readonly Readonly<Record<string, Readonly<Partial<Record<string, readonly string[]>>>>>[] = [
    tiktokWords.languages,
    instagramWords.languages,
    exampleTexts,
  ];
  for (const texts of all) {
    for (const language of Object.values(texts))
      for (const spellings of Object.values(language)) yield* spellings ?? [];
  }
}

async function read(url: string, port: number): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((cause: unknown) => {
    throw new DroverError('input.invalid', {
      message: `no drover server answers at http://localhost:${port}: start it with "drover serve", or name its port with --port`,
      cause,
    });
  });
  if (response.ok) return Buffer.from(await response.arrayBuffer());
  const answer = (await response.json()) as { message?: string };
  throw new DroverError('device.not-ready', { message: answer.message ?? `the server answered ${response.status}` });
}
