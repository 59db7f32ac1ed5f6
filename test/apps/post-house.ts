/** The post script on one simulated phone: what it publishes is a short film. */
import type { MediaFile } from '../../src/script/seams.ts';
import type { Outcome } from '../../src/script/session.ts';
import { createSampleVideo } from '../../src/sim/sample-video.ts';
import { AppHouse, type AppHouseOptions } from './app-house.ts';

/** JPEGs as far as a gallery looks at them, each other bytes. */
export const imagesOf = (house: AppHouse, count: number) =>
  Array.from({ length: count }, (_, index) => house.file(`photo-${index}.jpg`, jpegOf(index)));

const jpegOf = (index: number): Uint8Array =>
  Uint8Array.from([
    0xff,
    0xd8,
    0xff,
    0xe0,
    0,
    16,
    ...Buffer.from('JFIF\0'),
    1,
    1,
    0,
    0,
    1,
    0,
    1,
    0,
    0,
    index,
    0xff,
    0xd9,
  ]);

export class PostHouse extends AppHouse {
  film: { bytes: Uint8Array; seconds: number } = { bytes: createSampleVideo({ seconds: 2 }), seconds: 2 };
  /** What else the shelf says of it. */
  more: Partial<MediaFile> = {};

  static override async open(options: AppHouseOptions = {}): Promise<PostHouse> {
    return new PostHouse(await AppHouse.openPhones(options), options.platform ?? 'tiktok');
  }

  /** What truly was published. */
  get captions(): string[] {
    return this.simPhone.actions().posts.map(({ caption }) => caption);
  }

  async post(config: Record<string, unknown> = {}): Promise<Outcome> {
    const { bytes, seconds } = this.film;
    const film = this.file('film.mp4', bytes, { durationMs: seconds * 1_000, ...this.more });
    this.files = [film];
    return await this.run('post', { captions: 'a film', material_list: [film.path], ...config });
  }

  async codeOf(config: Record<string, unknown> = {}): Promise<string> {
    return await this.ended(this.post(config));
  }
}
