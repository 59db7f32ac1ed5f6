/** Codes that come from phones and adb, on a simulated phone behind an adb server. */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { AdbServer } from '../../src/adb/server.ts';
import { pushMedia } from '../../src/phone/gallery.ts';
import { grant, installApp } from '../../src/phone/packages.ts';
import type { Phone } from '../../src/phone/phone.ts';
import { readHierarchy } from '../../src/phone/screen.ts';
import { removeFile } from '../../src/phone/shared-files.ts';
import { startFakeSmartSocket } from '../support/fake-smart-socket.ts';
import { writeFilm } from '../support/film.ts';
import { type PhoneHouse, testCtx } from '../support/phone-house.ts';
import { failureOf, type Provocations } from './ended.ts';

const ctx = testCtx();

/** Calls until the phone is no longer what it was. */
async function untilItFails(phone: Phone): Promise<void> {
  for (let n = 0; n < 100; n++) await readHierarchy(ctx, phone);
}

/** In this order: the last two take the phone away. */
export const ofPhones = {
  'adb.unreachable': async () => {
    const nobody = await startFakeSmartSocket(() => {});
    await nobody[Symbol.asyncDispose]();
    return failureOf(new AdbServer({ ...nobody.address, program: null }).ensure(ctx));
  },
  'device.not-ready': async (house) =>
    failureOf(grant(ctx, await house.ready(), 'com.example.absent', 'android.permission.CAMERA')),
  'media.push-failed': async (house) => {
    const path = join(house.temp.folder, 'film.mp4');
    const sha256 = createHash('sha256').update(writeFilm(path, 'full')).digest('hex');
    house.simPhone.faults.add({ kind: 'disk-full' });
    const phone = await house.ready();
    const failure = await failureOf(pushMedia(ctx, phone, { path, sha256, mime: 'video/mp4', kind: 'video' }));
    house.simPhone.faults.clear();
    return failure;
  },
  'phone.app-refused': async (house) => {
    const apk = Buffer.from('no app at all');
    const { device } = await house.ready();
    return failureOf(installApp(ctx, device, { bytes: apk.length, content: Readable.from([apk]) }));
  },
  'phone.file-refused': async (house) => failureOf(removeFile(ctx, (await house.ready()).device, '/sdcard/Android')),
  'phone.agent-down': async (house) => {
    const phone = await house.ready();
    house.simPhone.faults.add({ kind: 'agent-crash' });
    return failureOf(untilItFails(phone));
  },
  'device.lost': async (house) => {
    const phone = await house.ready();
    house.simPhone.faults.add({ kind: 'unplug' });
    return failureOf(untilItFails(phone));
  },
} satisfies Provocations<PhoneHouse>;
