import { AppTestPhone, type AppTestPhoneOptions } from '../test-app-phone.ts';
import { packageName } from './ids.ts';
import type { InstagramOptions } from './options.ts';
import type { Session } from './session.ts';
import { createInstagramTwin, type InstagramTwin } from './twin.ts';

export const account = 'lena.paints';
export const otherAccount = 'the.paints.corner.lena';
/** One with the old order of the bottom bar, one with the new. */
export const versions = ['390.0.0', '410.0.0'] as const;

type PhoneOptions = Pick<AppTestPhoneOptions<InstagramTwin>, 'size' | 'hasPermissions' | 'serial' | 'world' | 'seed'>;
export type TestPhoneOptions = Partial<Omit<InstagramOptions, 'host' | 'world'>> & PhoneOptions;

/** A phone with Instagram on it, in the hands of a test. */
export class TestPhone extends AppTestPhone<InstagramTwin> {
  constructor(options: TestPhoneOptions = {}) {
    const { version = '410.0.0', size, hasPermissions, serial, world, seed, ...wishes } = options;
    super({
      packageName: wishes.package ?? packageName,
      launcher: 'com.instagram.mainactivity.InstagramMainActivity',
      version,
      language: wishes.language,
      size,
      hasPermissions,
      serial,
      world,
      seed,
      create: (phone) =>
        createInstagramTwin({
          account,
          otherAccounts: [otherAccount],
          prompts: 'on-demand',
          ...wishes,
          version,
          ...phone,
        }),
    });
  }

  get session(): Session {
    return this.twin.session;
  }
}
