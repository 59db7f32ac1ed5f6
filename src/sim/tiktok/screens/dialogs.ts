import type { UiNode, UiWindow } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import type { Dialog, Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light } from './frame.ts';
import { step } from './post.ts';

/** The app's own dialogs: windows over the page that take every touch. */
export function drawDialog(stage: Stage, dialog: Dialog, page: Page): UiWindow {
  return {
    package: stage.packageName,
    key: `dialog:${dialog}`,
    title: dialog,
    modal: true,
    root: draw(stage, dialog, page),
  };
}

function draw(stage: Stage, dialog: Dialog, page: Page): UiNode {
  const { t } = stage;
  const close = () => stage.closeDialog(dialog);
  switch (dialog) {
    case 'contacts':
      return card(stage, { text: t.dialogs.contacts }, [
        [t.dialogs.dontAllow, close],
        [t.dialogs.openSettings, close],
      ]);
    case 'notifications':
      return notifications(stage, close);
    case 'confirm-post': {
      const answer = (is: 'confirm' | 'cancel') => {
        close();
        if (page.is === 'post') step(stage, page, { is });
      };
      return card(stage, { title: t.post.confirmTitle, text: t.post.confirmText }, [
        [t.cancel, () => answer('cancel')],
        [t.post.confirm, () => answer('confirm')],
      ]);
    }
    case 'save-login':
      return card(stage, { title: t.switcher.saveLogin, text: `@${stage.actor.account}` }, [
        [t.notNow, close],
        [t.switcher.save, close],
      ]);
    case 'update-required':
      return alert(stage, t.dialogs.updateTitle, t.dialogs.update, () => {}, t.dialogs.updateNow);
    case 'too-fast':
      return alert(stage, t.dialogs.tooFastTitle, t.dialogs.tooFast, close);
    case 'blocked':
      return alert(stage, t.dialogs.blockedTitle, t.dialogs.blocked, close);
  }
}

function frame(stage: Stage, children: readonly UiNode[]): UiNode {
  const { board } = stage;
  return node('FrameLayout', board.bounds, { onTap: () => {}, onSwipe: () => {}, paint: { fill: '#00000080' } }, [
    node('LinearLayout', board.bounds, {}, [
      node('FrameLayout', board.bounds, { id: stage.id('status-spacer') }, [
        node('FrameLayout', board.bounds, { id: 'android:id/content' }, [
          node('FrameLayout', board.app, { id: stage.id('dialog-shade') }, children),
        ]),
      ]),
    ]),
  ]);
}

/** A card in the middle with two buttons side by side, the refusing one at the left. */
function card(
  stage: Stage,
  { title, text }: { title?: string; text: string },
  [left, right]: readonly [readonly [string, () => void], readonly [string, () => void]],
): UiNode {
  const { board, t } = stage;
  const box = board.top(172, 925, 907, 1473);
  return frame(stage, [
    node(
      'FrameLayout',
      box,
      {
        id: stage.id('dialog-card'),
        desc: t.dialogs.dialog,
        focusable: true,
        onTap: () => {},
        paint: { fill: light.paper, radiusPx: board.px(28) },
      },
      [
        node('LinearLayout', box, {}, [
          ...(title === undefined
            ? []
            : [
                label(board.top(225, 965, 854, 1095), title, {
                  id: stage.id('dialog-title'),
                  paint: { ink: light.ink, align: 'center', bold: true },
                }),
              ]),
          label(board.top(225, title === undefined ? 990 : 1105, 854, 1320), text, {
            id: stage.id('dialog-text'),
            paint: { ink: light.ink, align: 'center', textPx: board.px(42) },
          }),
          node('FrameLayout', board.top(172, 1347, 907, 1473), { id: stage.id('dialog-buttons') }, [
            node('View', board.top(172, 1347, 907, 1348)),
            node('ViewGroup', board.top(172, 1348, 907, 1473), {}, [
              button(board.top(540, 1348, 907, 1473), right[0], right[1], {
                paint: { ink: light.accent, align: 'center', bold: true },
              }),
              button(board.top(172, 1348, 539, 1473), left[0], left[1], { paint: { ink: light.ink, align: 'center' } }),
            ]),
          ]),
        ]),
      ],
    ),
  ]);
}

/** Android's own AlertDialog, with Android's ids. */
function alert(stage: Stage, title: string, text: string, close: () => void, word = stage.t.ok): UiNode {
  const { board } = stage;
  const box = board.top(28, 1024, 1052, 1448);
  return node('FrameLayout', box, { onTap: () => {}, paint: { fill: light.paper, radiusPx: board.px(28) } }, [
    node('FrameLayout', box, { id: 'android:id/content' }, [
      label(board.top(91, 1071, 989, 1137), title, {
        id: 'android:id/alertTitle',
        paint: { ink: light.ink, bold: true },
      }),
      label(board.top(91, 1158, 989, 1284), text, { id: 'android:id/message', paint: { ink: light.ink } }),
      button(board.top(752, 1295, 1020, 1437), word, close, {
        id: 'android:id/button1',
        paint: { ink: light.accent, align: 'center' },
      }),
    ]),
  ]);
}

/** A sheet from below with a picture, a question and two buttons. */
function notifications(stage: Stage, close: () => void): UiNode {
  const { board, t } = stage;
  return frame(stage, [
    node('FrameLayout', board.app, { id: stage.id('sheet-shade'), clickable: true, onTap: () => {} }, [
      node(
        'FrameLayout',
        board.bottom(0, 1401, 1080, 2337),
        {
          id: stage.id('sheet'),
          desc: t.switcher.sheet,
          onTap: () => {},
          paint: { fill: light.paper, radiusPx: board.px(24) },
        },
        [
          node('ImageView', board.bottom(45, 1440, 103, 1498), {
            desc: t.post.moreInfo,
            clickable: true,
            onTap: () => {},
          }),
          label(board.bottom(137, 1943, 943, 2052), t.dialogs.notifications, {
            id: stage.id('notifications-title'),
            paint: { ink: light.ink, align: 'center', bold: true },
          }),
          button(board.bottom(84, 2136, 529, 2252), t.notNow, close, {
            id: stage.id('notifications-later'),
            paint: { fill: '#f0f0f0', ink: light.ink, radiusPx: board.px(12), align: 'center' },
          }),
          button(board.bottom(551, 2136, 996, 2252), t.dialogs.turnOn, close, {
            id: stage.id('notifications-accept'),
            paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
          }),
        ],
      ),
    ]),
  ]);
}
