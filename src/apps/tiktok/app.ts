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

export const tiktok: App = {
  platform: 'tiktok',
  packageName: 'com.zhiliaoapp.musically',
  packages: /^com\.(?:zhiliaoapp\.musical\w*|ss\.android\.ugc\.(?:trill|tiktok)\w*)(?:\.\w+)*$/,
  label: 'TikTok',
  words: spellings.distinctWords(),
  screens,
  dialogs,
  permissions,
  scripts: { post, follow, unfollow, comment, account_warmup: accountWarmup },
  activeAccount,
  switchTo,
};
