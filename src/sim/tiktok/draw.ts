import type { UiNode, UiWindow } from '../parts.ts';
import { activities } from './entry.ts';
import type { Dialog, Page, Sheet } from './page.ts';
import { drawCamera } from './screens/camera.ts';
import { drawDialog } from './screens/dialogs.ts';
import { drawEditor } from './screens/editor.ts';
import { drawFeed } from './screens/feed.ts';
import { drawGallery } from './screens/gallery.ts';
import { drawLogin } from './screens/login.ts';
import { drawOwnProfile } from './screens/own-profile.ts';
import { drawFriends, drawInbox } from './screens/plain-tabs.ts';
import { drawPost } from './screens/post.ts';
import { drawProfile } from './screens/profile.ts';
import { drawSearch } from './screens/search.ts';
import { drawSheet } from './screens/sheets.ts';
import { drawMissingSound, drawSound } from './screens/sound.ts';
import { drawSplash } from './screens/splash.ts';
import { drawMissingVideo, drawVideo } from './screens/video.ts';
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
  const windows = dialog === undefined ? [window] : [window, drawDialog(stage, dialog, page)];
  for (const { root } of windows) sizeTexts(root, stage.board.px(44));
  return windows;
}

/** Bounds of real labels are tight around their text; what has no size of its own is written as large as they allow. */
function sizeTexts(node: UiNode, mostPx: number): void {
  if (node.text !== undefined && node.text !== '' && node.paint?.textPx === undefined) {
    const height = node.bounds.bottom - node.bounds.top;
    node.paint = { ...node.paint, textPx: Math.min(mostPx, Math.round(height * 0.72)) };
  }
  for (const child of node.children ?? []) sizeTexts(child, mostPx);
}

function drawPage(stage: Stage, page: Page, sheet: readonly UiNode[]): UiNode {
  switch (page.is) {
    case 'splash':
      return drawSplash(stage);
    case 'login':
      return drawLogin(stage, page);
    case 'feed':
      return drawFeed(stage, page, sheet);
    case 'friends':
      return drawFriends(stage, page, sheet);
    case 'inbox':
      return drawInbox(stage, sheet);
    case 'own-profile':
      return drawOwnProfile(stage, page, sheet);
    case 'profile':
      return drawProfile(stage, page, sheet);
    case 'video':
      return drawVideo(stage, page, sheet);
    case 'missing-video':
      return drawMissingVideo(stage);
    case 'sound':
      return drawSound(stage, page);
    case 'missing-sound':
      return drawMissingSound(stage);
    case 'search':
      return drawSearch(stage, page);
    case 'camera':
      return drawCamera(stage, page, sheet);
    case 'gallery':
      return drawGallery(stage, page);
    case 'editor':
      return drawEditor(stage, page, sheet);
    case 'post':
      return drawPost(stage, page, sheet);
  }
}

/** Which screen this is, for those who hold on to its elements: a like button of another video is another button. */
function keyOf(page: Page, sheet: Sheet | undefined): string {
  const over = sheet === undefined ? '' : `+${sheet.is}`;
  switch (page.is) {
    case 'feed':
      return `feed:${page.index}${over}`;
    case 'profile':
      return `profile:${page.username}${over}`;
    case 'sound':
      return `sound:${page.sound}`;
    case 'video':
      return `video:${page.post}${over}`;
    default:
      return `${page.is}${over}`;
  }
}
