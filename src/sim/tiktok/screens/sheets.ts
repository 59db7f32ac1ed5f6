import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import { shortUrl } from '../links.ts';
import type { Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { drawComments } from './comments.ts';
import { light, sheetFrame } from './frame.ts';
import { drawAddLink, drawPostOptions, drawProductName, drawProducts } from './post-sheets.ts';
import { drawSoundSearch, drawSounds, drawVolume } from './sounds.ts';

/** What lies over the lower part of the page, in the same window. */
export function drawSheet(stage: Stage, sheet: Sheet | undefined): UiNode[] {
  switch (sheet?.is) {
    case 'comments':
      return drawComments(stage, sheet);
    case 'share':
      return share(stage, sheet.post);
    case 'switcher':
      return switcher(stage);
    case 'unfollow':
      return unfollow(stage, sheet.username);
    case 'sounds':
      return drawSounds(stage, sheet);
    case 'sound-search':
      return drawSoundSearch(stage, sheet);
    case 'volume':
      return drawVolume(stage, sheet);
    case 'post-options':
      return drawPostOptions(stage);
    case 'add-link':
      return drawAddLink(stage);
    case 'products':
      return drawProducts(stage);
    case 'product-name':
      return drawProductName(stage, sheet);
    case undefined:
      return [];
  }
}

/** What can be done with a video. Copying its link puts a short one into the clipboard. */
function share(stage: Stage, post: string): UiNode[] {
  const { board, t } = stage;
  const copy = () => {
    stage.host.ui.clipboard = shortUrl(post);
    stage.showSheet(undefined);
  };
  const cell = (left: number, text: string, onTap: () => void) =>
    node(
      'Button',
      board.bottom(left, 2000, left + 200, 2200),
      { id: stage.id('share-link'), desc: text, clickable: true, focusable: true, onTap },
      [label(board.bottom(left, 2150, left + 200, 2200), text, { paint: { ink: light.ink, align: 'center' } })],
    );
  return sheetFrame(stage, 620, [
    label(board.bottom(300, 1740, 780, 1800), t.share.title, {
      paint: { ink: light.ink, align: 'center', bold: true },
    }),
    cell(40, t.share.copyLink, copy),
    cell(260, t.share.report, () => stage.showSheet(undefined)),
  ]);
}

/** The accounts signed in on this phone. A row is named by its username; the active one has a check mark. */
function switcher(stage: Stage): UiNode[] {
  const { board, t, actor, accounts } = stage;
  const height = 170 + (accounts.length + 1) * 168 + 40;
  const top = 2337 - height;
  const rows = accounts.map((username, index) => {
    const from = top + 170 + index * 168;
    const isActive = username === actor.account;
    return node(
      'Button',
      board.bottom(0, from, 1080, from + 168),
      {
        id: stage.id('switcher-row'),
        desc: username,
        clickable: true,
        focusable: true,
        selected: isActive,
        onTap: () => (isActive ? stage.showSheet(undefined) : stage.switchAccount(username)),
      },
      [
        node('ImageView', board.bottom(42, from + 26, 158, from + 142), {
          paint: { pictureSeed: `avatar:${username}`, radiusPx: board.px(58) },
        }),
        label(board.bottom(190, from + 50, 900, from + 118), username, {
          id: stage.id('switcher-label'),
          paint: { ink: light.ink, bold: true },
        }),
        ...(isActive
          ? [
              node('ImageView', board.bottom(950, from + 50, 1018, from + 118), {
                id: stage.id('switcher-check'),
                desc: t.switcher.checkmark,
                paint: { symbol: 'check', ink: light.accent },
              }),
            ]
          : []),
      ],
    );
  });
  const addTop = top + 170 + accounts.length * 168;
  return sheetFrame(stage, height, [
    label(board.bottom(300, top + 40, 780, top + 120), t.switcher.title, {
      desc: t.switcher.title,
      paint: { ink: light.ink, align: 'center', bold: true },
    }),
    ...rows,
    node(
      'Button',
      board.bottom(0, addTop, 1080, addTop + 168),
      { id: stage.id('switcher-row'), desc: t.switcher.add, clickable: true, focusable: true, onTap: () => {} },
      [label(board.bottom(190, addTop + 50, 900, addTop + 118), t.switcher.add, { id: stage.id('switcher-label') })],
    ),
  ]);
}

function unfollow(stage: Stage, username: string): UiNode[] {
  const { board, t } = stage;
  return sheetFrame(stage, 420, [
    button(board.bottom(0, 1960, 1080, 2110), t.profile.unfollow, () => stage.unfollow(username), {
      paint: { ink: light.accent, align: 'center', bold: true },
    }),
    button(board.bottom(0, 2130, 1080, 2280), t.cancel, () => stage.showSheet(undefined), {
      paint: { ink: light.ink, align: 'center' },
    }),
  ]);
}
