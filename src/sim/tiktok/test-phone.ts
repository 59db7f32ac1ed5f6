import { AppTestPhone, type AppTestPhoneOptions } from '../test-app-phone.ts';
import { packageName } from './ids.ts';
import type { TikTokOptions } from './options.ts';
import type { Session } from './session.ts';
import { createTikTokTwin, type TikTokTwin } from './twin.ts';

export const account = 'lena.paints';
export const otherAccount = 'the.paints.corner.lena';
/** The oldest known release, and two with other ids, labels and landing places. */
export const versions = ['35.9.3', '43.1.4', '46.4.3'] as const;

type PhoneOptions = Pick<AppTestPhoneOptions<TikTokTwin>, 'size' | 'hasPermissions' | 'serial' | 'world' | 'seed'>;
export type TestPhoneOptions = Partial<Omit<TikTokOptions, 'host' | 'world'>> & PhoneOptions;

/** A phone with TikTok on it, in the hands of a test. */
export class TestPhone extends AppTestPhone<TikTokTwin> {
  constructor(options: TestPhoneOptions = {}) {
    const { version = '46.4.3', size, hasPermissions, serial, world, seed, ...wishes } = options;
    super({
      packageName,
      launcher: 'com.ss.android.ugc.aweme.splash.SplashActivity',
      version,
      language: wishes.language,
      size,
      hasPermissions,
      serial,
      world,
      seed,
      create: (phone) =>
        createTikTokTwin({
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
