import { createHash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DroverError } from '../../src/base/error.ts';
import { silentLog } from '../../src/base/log.ts';
import { backup } from '../../src/cli/backup.ts';
import { restore } from '../../src/cli/restore.ts';
import type { Config } from '../../src/config.ts';
import type { MediaList } from '../../src/contract/media.ts';
import type { Task } from '../../src/contract/task.ts';
import { Drover } from '../../src/main.ts';
import { drover, type Ended } from '../support/command.ts';
import { filmBytes } from '../support/film.ts';
import { ApiClient, postBody, ServerHouse } from '../support/server-house.ts';

let house: ServerHouse;
let archive: string;
let posted: Task;
let film: Uint8Array<ArrayBuffer>;
const secret = `sk-${randomBytes(12).toString('hex')}`;

/** A server with something of everything: a finished post with its trace, media, a setting, a schedule, tasks to come. */
beforeAll(async () => {
  house = await ServerHouse.open();
  const { api } = house;
  film = filmBytes('kept');
  const form = new FormData();
  form.append('file', new Blob([film]), 'kept.mp4');
  form.append('tags', 'quay');
  await fetch(`${api.base}/api/v1/media`, { method: 'POST', body: form });
  const [id = 0] = await api.create(postBody(house.serial, house.film().path));
  posted = await api.ended(id);
  await api.call('PATCH', '/settings', { max_retry_count: 7 });
  const warmup = {
    serials: [house.serial],
    script_name: 'account_warmup',
    script_config: {
      task_duration: 60,
      generate_by_chatgpt: true,
      chatgpt_settings: { base_url: 'http://127.0.0.1:9/v1', api_key: secret, model: 'm', prompt: 'p' },
    },
  };
  await api.call('POST', '/schedules', { name: 'weekly', cron: '0 9 * * 1', body: warmup });
  await api.create({ ...warmup, start_time: '2030-01-02T09:00:00Z' });
  archive = join(house.folder, 'backup.tgz');
});
afterAll(() => house[Symbol.asyncDispose]());

const run = (command: string, file: string, data: string, ...flags: string[]): Promise<Ended> =>
  drover([command, file, '--data', data, ...flags]);

/** Another server on a folder, without phones. */
async function serve<T>(data: string, look: (api: ApiClient, drover: Drover) => Promise<T>): Promise<T> {
  const config: Config = { ...house.config, data, connect: [], adb: ['127.0.0.1:9'], adbPath: 'no-adb-here' };
  const server = await Drover.start(config, { log: silentLog });
  try {
    return await look(new ApiClient(server.port), server);
  } finally {
    await server.stop();
  }
}

test('a backup is made while the server works, and leaves the seal key out', async () => {
  const { api, folder } = house;
  // writes without end while it is made
  let isOver = false;
  const writing = (async () => {
    const ids: number[] = [];
    while (!isOver) {
      ids.push(
        ...(await api.create({ ...postBody(house.serial, '/nowhere.mp4'), start_time: '2030-01-02T09:00:00Z' })),
      );
    }
    return ids;
  })();
  const made = await run('backup', archive, join(folder, 'data'));
  isOver = true;
  expect((await writing).length).toBeGreaterThan(0);
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(made.stdout).toMatch(/backup\.tgz: \d+ files, .*\nThe key of stored secrets \(seal\.key\) is not in it/);
  expect(statSync(archive).mode & 0o077).toBe(0);
  expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);

  const all = { media: true, traces: true };
  const again = (file: string, data = 'data') => backup(join(folder, file), { ...all, data: join(folder, data) });
  await expect(again('backup.tgz')).rejects.toThrow(/exists: choose another name, or give --force/);
  await expect(again('x.tar', 'nothing')).rejects.toThrow(/holds no database/);
  await expect(again('no/x.tar')).rejects.toThrow(/cannot be written/);
});

test('a running server is not restored over', async () => {
  const { code, stderr } = await run('restore', archive, join(house.folder, 'data'), '--force');
  expect(code).toBe(1);
  expect(stderr).toMatch(/a server runs on .*data: stop it first/);
  expect((await house.api.stats()).pending).toBeGreaterThan(0);
});

describe('restored into a new folder', () => {
  const data = () => join(house.folder, 'restored');

  test('everything is there, and rests until somebody resumes it', async () => {
    const { code, stdout, stderr } = await run('restore', archive, data());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/restored as it was at 20/);
    expect(stdout).toMatch(/Work is paused: \d+ tasks were waiting then, and may have been done since/);
    expect(stdout).toMatch(/no seal\.key.*the schedule "weekly" \(1\), task \d+ \(account_warmup\)/);
    expect(existsSync(join(data(), 'restoring'))).toBe(false);
    await serve(data(), async (api, server) => {
      expect(await api.task(posted.id)).toEqual(posted);
      expect((await api.trace(posted.id)).attempts[0]?.steps.length).toBeGreaterThan(3);
      const media = (await api.call<MediaList>('GET', '/media?tag=quay')).data.media;
      expect(media).toMatchObject([{ name: 'kept.mp4', used: false }]);
      const content = await fetch(`${api.base}${media[0]?.content}`);
      expect(
        createHash('sha256')
          .update(new Uint8Array(await content.arrayBuffer()))
          .digest('hex'),
      ).toBe(media[0]?.sha256);
      const settings = await api.call<{ settings: { key: string; value: unknown }[] }>('GET', '/settings');
      expect(settings.data.settings.find(({ key }) => key === 'max_retry_count')?.value).toBe(7);
      expect((await api.call('GET', '/pause')).data).toMatchObject({ paused: [{ scope: 'all', by: 'restore' }] });
      expect(server.notices).toHaveLength(2);
      expect(server.notices[0]).toMatch(/Work is paused by restore since 20.*: resume it with POST \/api\/v1\/resume/);
      expect(server.notices[1]).toMatch(/Put the old key there and start again, or enter again.*the schedule "weekly"/);
    });
  });

  test('with the key of the first server nothing has to be entered again', async () => {
    copyFileSync(join(house.folder, 'data', 'seal.key'), join(data(), 'seal.key'));
    await serve(data(), async (_, { notices }) => expect(notices).toEqual([expect.stringContaining('paused')]));
  });

  test('a folder that holds a database is restored over on demand only, and what was there is kept aside', async () => {
    expect((await run('restore', archive, data())).stderr).toMatch(/holds a database already/);
    const { code, stdout } = await run('restore', archive, data(), '--force', '--resume');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/paused|seal\.key/); // the key that was there stayed
    const aside = readdirSync(data()).filter((name) => name.startsWith('before-restore-'));
    expect(aside).toHaveLength(1);
    expect(readdirSync(join(data(), aside[0] ?? ''))).toEqual(expect.arrayContaining(['drover.db', 'media', 'traces']));
    await serve(data(), async (api) => expect((await api.task(posted.id)).status).toBe(2));
  });

  test('no server starts where a restore was cut off', async () => {
    mkdirSync(join(data(), 'restoring'));
    await expect(serve(data(), async () => {})).rejects.toThrow(
      /a restore into .* cut off: run "drover restore" once more/,
    );
    rmSync(join(data(), 'restoring'), { recursive: true });
  });
});

describe('what is no whole backup changes nothing', () => {
  const data = () => join(house.folder, 'other');
  const plain = () => join(house.folder, 'plain.tar');

  test('cut short anywhere, changed, or something else', async () => {
    expect((await run('backup', plain(), join(house.folder, 'data'), '--no-traces')).stdout).toMatch(
      /\(without traces\)/,
    );
    const whole = readFileSync(plain());
    const spoil = async (how: (bytes: Buffer) => Buffer | undefined) => {
      const file = join(house.folder, 'spoilt.tar');
      writeFileSync(file, how(Buffer.from(whole)) ?? whole);
      const problem = await restore(file, { data: data() }).catch((thrown: unknown) => thrown);
      expect(problem).toBeInstanceOf(DroverError);
      expect(existsSync(join(data(), 'drover.db'))).toBe(false);
      expect(existsSync(join(data(), 'restoring'))).toBe(false);
      return (problem as DroverError).message;
    };
    expect(await spoil((bytes) => bytes.subarray(0, bytes.length / 2))).toMatch(
      /is not a whole backup of drover: it is cut short; nothing was restored/,
    );
    expect(
      await spoil((bytes) => {
        const at = bytes.indexOf('SQLite format 3') + 5_000;
        bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
        return bytes;
      }),
    ).toMatch(/drover\.db is not as it was packed/);
    expect(await spoil(() => Buffer.from('{"tasks": []}'))).toMatch(/cut short/);
    expect(await spoil((bytes) => rename(bytes, 'host-id', '../evil'))).toMatch(/it holds \.\.\/evil/);

    const zipped = join(house.folder, 'spoilt.tgz');
    copyFileSync(archive, zipped);
    truncateSync(zipped, statSync(archive).size - 100);
    await expect(restore(zipped, { data: data() })).rejects.toThrow(/is not a whole backup of drover/);
    await expect(restore(join(house.folder, 'none.tar'), { data: data() })).rejects.toThrow(/does not exist/);
  });

  /** The header's sum goes with it, as somebody would who means it. */
  function rename(bytes: Buffer, from: string, to: string): Buffer {
    const at = bytes.indexOf(`${from}\0`);
    bytes.fill(0, at, at + 100).write(to, at, 'ascii');
    bytes.fill(0x20, at + 148, at + 156);
    const sum = bytes.subarray(at, at + 512).reduce((all, byte) => all + byte, 0);
    bytes.write(`${sum.toString(8).padStart(6, '0')}\0 `, at + 148, 'latin1');
    return bytes;
  }

  test('nothing of the secrets is in it in the clear', async () => {
    const bytes = readFileSync(plain());
    const key = readFileSync(join(house.folder, 'data', 'seal.key'), 'utf8').trim();
    expect(bytes.includes(secret)).toBe(false);
    expect(bytes.includes(key)).toBe(false);
    expect(bytes.includes(Buffer.from(key, 'base64'))).toBe(false);
  });
});
