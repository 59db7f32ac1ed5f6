import { join } from 'node:path';
import { withStore } from '../../src/cli/token.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { insertReview } from '../../src/store/reviews.ts';
import { postBody, ServerHouse } from './server-house.ts';

/** Marks what came from outside. A page on which it ran has this as its title. */
export const ranTitle = 'owned';
/** Turns the direction round; what is behind it must not. */
export const turn = '\u202e';

/** Text as an attacker would leave it somewhere: markup, a turn of direction, a formula, and no end. */
export const hostileText = (length: number): string =>
  `=1+1 <img src=x onerror="document.title='${ranTitle}'"><script>document.title='${ranTitle}'</script> ${turn}fdp.exe `
    .padEnd(length, 'W')
    .slice(0, length);

export interface HostileHouse {
  house: ServerHouse;
  completed: number;
  failed: number;
  scheduled: number;
  schedule: number;
}

/** A server in which every field that a phone, a file or a caller of the API fills holds hostile text. */
export async function openHostileHouse(): Promise<HostileHouse> {
  const house = await ServerHouse.open({ phones: 2, config: { connect: [] } });
  for (const { host } of house.fleet.phones) Reflect.set(host.props, 'ro.product.model', hostileText(80));
  await house.stop();
  await house.start({ connect: house.fleet.phones.map(({ host }) => host.serial) });
  const { api, serial } = house;
  const other = house.phoneAt(1).host.serial;
  const made = async <Data>(method: string, path: string, body: unknown): Promise<Data> => {
    const reply = await api.call<Data>(method, path, body);
    if (reply.code !== 0) throw new Error(`${method} ${path}: ${reply.message}`);
    return reply.data;
  };
  await api.until(
    async () => (await api.call<{ devices: unknown[] }>('GET', '/devices?state=ready')).data.devices.length === 2,
  );
  const tags = [hostileText(40).replaceAll(/[,;]/g, ' ')];
  await made('PATCH', `/devices/${serial}`, { name: hostileText(80), tags });
  await made('POST', '/groups', { name: hostileText(80), serials: [serial] });
  await made('POST', '/accounts', {
    username: 'lena.makes',
    device: serial,
    email: `${'m'.repeat(200)}@example.org`,
    tags,
  });

  house.phone.files.write(`/sdcard/Download/${hostileText(200).replaceAll('/', '')}`, Buffer.from('boat'));
  for await (const _ of house.phone.openService(`exec:log -t Boats '${hostileText(300).replaceAll("'", '"')}'`) ?? []);

  const form = new FormData();
  form.append(
    'file',
    new Blob([createSampleVideo({ seconds: 1, seed: 'a' })], { type: 'video/mp4' }),
    `${hostileText(120)}.mp4`,
  );
  const uploaded = await fetch(`${api.base}/api/v1/media`, { method: 'POST', body: form });
  const { data } = (await uploaded.json()) as { data: { media: { id: number }[] } };
  await made('PATCH', `/media/${data.media[0]?.id}`, { name: hostileText(200), caption: hostileText(10_000), tags });

  const [completed = 0] = await api.create(postBody(serial, house.film().path, { captions: hostileText(600) }));
  const [failed = 0] = await api.create(
    postBody(other, `/nowhere/${hostileText(300)}.mp4`, { captions: hostileText(10_000) }),
  );
  const [scheduled = 0] = await api.create({
    serials: [other],
    script_name: 'comment',
    script_config: {
      target_post_urls: [
        `https://www.tiktok.com/@lena.paints/video/7301234567890123456?${encodeURI(hostileText(100))}`,
      ],
      comment_content: hostileText(10_000),
    },
    start_time: new Date(Date.now() + 86_400_000).toISOString(),
  });
  const { id: schedule } = await made<{ id: number }>('POST', '/schedules', {
    name: hostileText(200),
    cron: '30 8 * * *',
    body: { serials: [serial], script_name: 'post', script_config: { captions: hostileText(10_000) } },
  });
  await made('POST', '/tokens', { name: 'a'.repeat(64), scope: 'read' });
  await made('POST', '/webhooks', {
    name: 'b'.repeat(64),
    url: `https://hooks.example.com/${encodeURI(hostileText(1_000))}`,
  });
  await withStore({ data: join(house.folder, 'data') }, (store) =>
    store.write((tx) =>
      insertReview(tx, {
        kind: 'draft',
        body: {
          text: hostileText(500),
          state: 'ready',
          kind: 'comment',
          target: hostileText(300),
          prompt: hostileText(2_000),
          content: hostileText(2_000),
          problem: hostileText(300),
          serial: hostileText(100),
          username: hostileText(100),
        },
      }),
    ),
  );
  await api.ended(completed);
  await api.ended(failed);
  return { house, completed, failed, scheduled, schedule };
}
