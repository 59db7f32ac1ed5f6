/** Codes that a script ends with because of what the app shows, on the simulated apps. */
import type { AppHouse, RunOptions } from '../apps/app-house.ts';
import { type Ended, failureOf, type Provocations } from './ended.ts';

const follow = (house: AppHouse, target = 'harbor.kiln', options: RunOptions = {}): Promise<Ended> =>
  failureOf(house.run('follow', { target_user: target }, options));

async function under(
  house: AppHouse,
  kind: 'logged-out' | 'update-required' | 'rate-limited' | 'account-disabled' | 'checkpoint',
): Promise<Ended> {
  house.simPhone.faults.add({ kind });
  const failure = await follow(house);
  house.simPhone.faults.clear();
  return failure;
}

export const ofTikTok = {
  'app.wrong-account': (house) => follow(house, 'harbor.kiln', { account: 'somebody.else' }),
  'app.target-missing': (house) => follow(house, 'nobody.has.this'),
  'app.comments-off': (house) => {
    const [post] = house.world.postsBy('tiktok', 'noor_repairs');
    if (!post) throw new Error('no post');
    post.commentsOff = true;
    return failureOf(house.run('comment', { target_post_url: post.url, comment_content: 'hello' }));
  },
  'app.limited': (house) => under(house, 'rate-limited'),
  'app.update-required': (house) => under(house, 'update-required'),
  'app.suspended': (house) => under(house, 'account-disabled'),
  'app.logged-out': (house) => under(house, 'logged-out'),
} satisfies Provocations<AppHouse>;

export const ofInstagram = {
  'app.checkpoint': (house) => under(house, 'checkpoint'),
} satisfies Provocations<AppHouse>;
