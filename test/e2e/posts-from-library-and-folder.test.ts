import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AddedMediaList, Media } from '../../src/contract/media.ts';
import { filmBytes } from '../support/film.ts';
import { ServerHouse } from '../support/server-house.ts';

let house: ServerHouse;
beforeAll(async () => {
  // two phones: between two posts of one account there are 30 s
  house = await ServerHouse.open({ phones: 2 });
});
afterAll(() => house[Symbol.asyncDispose]());

const sha = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function post(config: Record<string, unknown>, phone = 0) {
  const [id = 0] = await house.api.create({
    serials: [house.phoneAt(phone).host.serial],
    script_name: 'post',
    script_config: { content_type: 0, captions: 'words of the request', ...config },
  });
  return await house.api.ended(id);
}

async function upload(name: string, bytes: Uint8Array<ArrayBuffer>, tags: string): Promise<Media> {
  const form = new FormData();
  form.append('file', new Blob([bytes]), name);
  form.append('tags', tags);
  const response = await fetch(`${house.api.base}/api/v1/media`, { method: 'POST', body: form });
  const { data } = (await response.json()) as { data: AddedMediaList };
  return data.media[0] as Media;
}

const item = async (id: number): Promise<Media> => (await house.api.call<Media>('GET', `/media/${id}`)).data;
const posts = (phone = 0) => house.phoneAt(phone).actions().posts;

test('an uploaded film is posted by its tag, once; the second task is told what to do', async () => {
  const film = filmBytes('harbour');
  const { id } = await upload('harbour.mp4', film, 'boats');
  await house.api.call('PATCH', `/media/${id}`, { caption: "the item's own words" });
  const first = await post({ materials_tags: 'trains, Boats' });
  expect([first.status, first.remark]).toEqual([2, first.remark]);
  expect(posts()).toMatchObject([{ media_sha256: [sha(film)], caption: "the item's own words" }]);
  const { used, used_by } = await item(id);
  expect([used, used_by]).toEqual([true, [posts()[0]?.account]]);

  const second = await post({ materials_tags: 'boats' });
  expect(second.status).toBe(3);
  expect(second.failure?.code).toBe('media.none-left');
  expect(second.failure?.message).toMatch(/has posted the one video tagged boats of the media library/);
  expect(posts()).toHaveLength(1);
});

test('a folder gives what it has, with its own caption, and nothing twice', async () => {
  const folder = join(house.folder, 'films');
  mkdirSync(folder);
  const film = filmBytes('quay');
  writeFileSync(join(folder, 'quay.mp4'), film);
  writeFileSync(join(folder, 'caption.txt'), '{from|from} the quay');
  const config = { material_source: 'localFolder', material_path: folder };
  expect((await post(config, 1)).status).toBe(2);
  expect(posts(1)).toMatchObject([{ media_sha256: [sha(film)], caption: 'from the quay' }]);
  const again = await post(config, 1);
  expect(again.failure?.message).toMatch(/has posted the one video in it; add files/);
});

test('what a stopped task had taken is free again', async () => {
  const { id } = await upload('mole.mp4', filmBytes('mole'), 'mole');
  const [task = 0] = await house.api.create({
    serials: [house.serial],
    script_name: 'post',
    script_config: { content_type: 0, captions: 'x', materials_tags: 'mole' },
  });
  await house.api.until(async () => (await item(id)).used);
  await house.api.call('POST', `/task/${task}/stop`);
  const { status } = await house.api.ended(task);
  expect(status).toBe(3);
  await house.api.until(async () => !(await item(id)).used);
});
