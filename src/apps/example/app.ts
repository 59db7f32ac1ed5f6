import type { App } from '../../script/define.ts';
import { survey } from './dialogs.ts';
import { feed, login } from './screens/feed.ts';
import { missing, profile } from './screens/profile.ts';
import { follow } from './scripts/follow.ts';
import { words } from './texts.ts';

/**
 * The smallest whole app, to copy from: Loops, which nobody has. It stands in no list and has no platform, so no task can
 * ask for it; docs/writing-scripts.md walks through it.
 */
export const example = {
  packageName: 'com.example.loops',
  label: 'Loops',
  screens: [feed, profile, missing, login],
  dialogs: [survey],
  words,
  scripts: { follow },
} satisfies Omit<App, 'platform'>;
