import type { UiNode, UiWindow } from '../parts.ts';
import { activities } from './entry.ts';
import type { Dialog, Page, Sheet } from './page.ts';
import { drawDialog } from './screens/dialogs.ts';
import { drawEditor, drawStoryEditor } from './screens/editor.ts';
import { drawFeed } from './screens/feed.ts';
import { drawGallery } from './screens/gallery.ts';
import { drawCheckpoint, drawLogin, drawSuspended } from './screens/login.ts';
import { drawMissing } from './screens/missing.ts';
import { drawOwnProfile } from './screens/own-profile.ts';
import { drawDirect, drawSplash, drawStory } from './screens/plain.ts';
import { drawPost } from './screens/post.ts';
import { drawProfile } from './screens/profile.ts';
import { drawReel, drawReels } from './screens/reels.ts';
import { drawExplore, drawSearch } from './screens/search.ts';
import { drawShare } from './screens/share.ts';
import { drawSheet } from './screens/sheets.ts';
import type { Stage } from './stage.ts';

/** What is on the screen: the page with the sheet over it, and the topmost dialog in a window of its own. */
export function drawWindows(
  stage: Stage,
  { page, sheet, dialog }: { page: Page; sheet: Sheet | undefined; dialog: Dialog | undefined },
): UiWindow[] {
  const window: UiWindow = {
    package: stage.packageName,
    key: keyOf(page, sheet),
    title: `${stage.packageName}/${activities.main}`,
    root: drawPage(stage, page, drawSheet(stage, sheet)),
  };
  return dialog === undefined ? [window] : [window, drawDialog(stage, dialog)];
}

function drawPage(stage: Stage, page: Page, sheet: readonly UiNode[]): UiNode {
  switch (page.is) {
    case 'splash':
      return drawSplash(stage);
    case 'login':
      return drawLogin(stage, page);
    case 'suspended':
      return drawSuspended(stage);
    case 'checkpoint':
      return drawCheckpoint(stage);
    case 'feed':
      return drawFeed(stage, page, sheet);
    case 'reels':
      return drawReels(stage, page, sheet);
    case 'direct':
      return drawDirect(stage);
    case 'explore':
      return drawExplore(stage, page, sheet);
    case 'search':
      return drawSearch(stage, page);
    case 'own-profile':
      return drawOwnProfile(stage, page, sheet);
    case 'profile':
      return drawProfile(stage, page, sheet);
    case 'post':
      return drawPost(stage, page, sheet);
    case 'reel':
      return drawReel(stage, page, sheet);
    case 'missing':
      return drawMissing(stage, page.what);
    case 'story':
      return drawStory(stage, page);
    case 'gallery':
      return drawGallery(stage, page);
    case 'editor':
      return drawEditor(stage, page, sheet);
    case 'story-editor':
      return drawStoryEditor(stage, page);
    case 'share':
      return drawShare(stage, page);
  }
}

/** Which screen this is, for those who hold on to its elements: a like button of another post is another button. */
function keyOf(page: Page, sheet: Sheet | undefined): string {
  const over = sheet === undefined ? '' : `+${sheet.is}`;
  switch (page.is) {
    case 'reels':
      return `reels:${page.index}${over}`;
    case 'profile':
      return `profile:${page.username}${over}`;
    case 'post':
    case 'reel':
      return `${page.is}:${page.post}${over}`;
    case 'story':
      return `story:${page.username}`;
    default:
      return `${page.is}${over}`;
  }
}
