import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimPhone } from '../../sim/phone.ts';
import { createSampleVideo } from '../../sim/sample-video.ts';

export interface StageParts {
  /** Below which API: `http://localhost:50809/api/v1`. */
  api: string;
  folder: string;
  phones: readonly SimPhone[];
}

/** Names for phones, in their order. */
const names = ['Workbench', 'Window sill', 'Travel phone', 'Spare', 'Shelf', 'Drawer'];

const films = [
  { name: 'harbour-morning', tags: ['boats', 'morning'], caption: undefined },
  { name: 'kiln-opening', tags: ['pottery'], caption: 'Three days of cooling, one minute of opening 🏺 #pottery' },
  { name: 'bread-rising', tags: ['kitchen', 'morning'], caption: undefined },
];

/**
 * Fills the demo's server with what an ordinary week leaves there, through the public API alone: named phones in a group,
 * a media library, a schedule, and tasks that are done, running, waiting, held for review, planned and failed.
 */
export async function setStage({ api, folder, phones }: StageParts): Promise<void> {
  const call = caller(api);
  for (const [index, { serial }] of phones.entries()) {
    await call('PATCH', `/devices/${encodeURIComponent(serial)}`, {
      name: names[index] ?? `Phone ${index + 1}`,
      tags: index % 2 === 0 ? ['studio'] : ['studio', 'spare'],
    });
  }
  const serials = phones.map(({ serial }) => serial);
  await call('POST', '/groups', { name: 'Studio', serials: serials.slice(0, 3) });
  await fillLibrary(call, folder);
  await call('POST', '/schedules', {
    name: 'Weekday mornings',
    cron: '30 8 * * 1-5',
    body: {
      serials: serials.slice(0, 1),
      script_name: 'post',
      script_config: { captions: '{Good morning|Up early} #morning', materials_tags: 'morning' },
    },
  });
  await makeTasks(call, phones);
}

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

async function fillLibrary(call: Call, folder: string): Promise<void> {
  for (const { name, tags, caption } of films) {
    const path = join(folder, `${name}.mp4`);
    writeFileSync(path, createSampleVideo({ seconds: 3, seed: name }));
    await call('POST', '/media/import', { paths: [path], tags, ...(caption !== undefined && { caption }) });
  }
}

async function makeTasks(call: Call, [first, second = first, third = second, fourth = third]: readonly SimPhone[]) {
  if (!first || !second || !third || !fourth) return;
  const on = (phone: SimPhone) => ({ serials: [phone.serial] });
  // Fails with evidence: a dialog that no version of the app is known to show.
  fourth.faults.add({ kind: 'unknown-dialog', at: 'Profile' });
  await call('POST', '/task', {
    ...on(fourth),
    script_name: 'post',
    script_config: { captions: 'Nobody will see this one', materials_tags: 'pottery' },
  });
  await call('POST', '/task', {
    ...on(second),
    script_name: 'follow',
    script_config: { target_users: ['@harbor.kiln', '@tinytrainyard'], access_method: 'direct' },
  });
  await call('POST', '/task', {
    ...on(third),
    script_name: 'account_warmup',
    script_config: { task_duration: 600, min_duration: 8, max_duration: 20, like_probable: 30 },
  });
  await call('POST', '/task', {
    ...on(first),
    script_name: 'post',
    script_config: { captions: '{Tomorrow|Soon} from the harbour', materials_tags: 'boats' },
    start_time: '09:15',
  });
  // Held until a person approves it, under Review.
  await call('PATCH', '/settings', { 'review.hold_kinds': ['unfollow'] });
  await call('POST', '/task', {
    ...on(second),
    script_name: 'unfollow',
    script_config: { target_users: ['@oneminutemaps'] },
  });
}

function caller(api: string): Call {
  return async (method, path, body) => {
    const response = await fetch(`${api}${path}`, {
      method,
      ...(body && { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const reply = (await response.json()) as { code: number; message: string; data: unknown };
    if (reply.code !== 0) throw new Error(`${method} ${path} answered ${reply.code}: ${reply.message}`);
    return reply.data;
  };
}
