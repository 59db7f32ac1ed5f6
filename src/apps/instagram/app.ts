import type { App } from '../../script/define.ts';
import { activeAccount, switchTo } from './account.ts';
import { dialogs, permissions } from './dialogs.ts';
import { screens } from './screens/all.ts';
import { accountWarmup } from './scripts/account-warmup.ts';
import { comment } from './scripts/comment.ts';
import { follow } from './scripts/follow.ts';
import { post } from './scripts/post.ts';
import { unfollow } from './scripts/unfollow.ts';
import { spellings } from './texts.ts';

/** Instagram, clones that differ in the last letters of the package among it. */
export const instagram: App = {
  platform: 'instagram',
  packageName: 'com.instagram.android',
  packages: /^com\.instagram\.andro[a-z0-9]+$/,
  label: 'Instagram',
  words: spellings.distinctWords(),
  screens,
  dialogs,
  permissions,
  scripts: { post, follow, unfollow, comment, account_warmup: accountWarmup },
  activeAccount,
  switchTo,
};
