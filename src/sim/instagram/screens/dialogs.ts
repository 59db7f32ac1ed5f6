import type { Rect, UiNode, UiWindow } from '../../parts.ts';
import { fromTop, image, inset, label, node } from '../../screen.ts';
import { lineCount, textWidth } from '../board.ts';
import type { Dialog } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, nest, noop, recycler } from './frame.ts';

/** The app's own dialogs: windows over the page that take every touch. */
export function drawDialog(stage: Stage, dialog: Dialog): UiWindow {
  return {
    package: stage.packageName,
    key: `dialog:${dialog}`,
    title: dialog,
    modal: true,
    ...(dialog === 'switcher' ? { onOutside: () => stage.closeDialog(dialog) } : {}),
    root: draw(stage, dialog),
  };
}

function draw(stage: Stage, dialog: Dialog): UiNode {
  const { t } = stage;
  const { dialogs } = t;
  const close = () => stage.closeDialog(dialog);
  switch (dialog) {
    case 'switcher':
      return switcher(stage);
    case 'try-again-later':
      return alert(stage, {
        title: dialogs.tooOftenTitle,
        text: dialogs.tooOften,
        primary: [t.ok, close],
        cancel: [dialogs.tellUs, close],
      });
    case 'contacts':
      return alert(stage, {
        title: dialogs.contactsTitle,
        text: dialogs.contacts,
        primary: [dialogs.allow, close],
        cancel: [dialogs.dontAllow, close],
      });
    case 'unfollow': {
      const name = stage.asksAbout ?? '';
      const unfollow = () => {
        close();
        stage.unfollow(name);
      };
      return alert(stage, {
        title: t.profile.unfollowAsk(name),
        text: t.profile.unfollowNote(name),
        primary: [t.profile.unfollow, unfollow],
        cancel: [t.cancel, close],
      });
    }
    case 'notifications':
      return headline(stage, {
        title: dialogs.notificationsTitle,
        text: dialogs.notifications,
        primary: ['primary_button', dialogs.turnOn, close],
        secondary: ['negative_button', t.notNow, close],
      });
    case 'save-login':
      return headline(stage, {
        title: t.switcher.saveLogin,
        text: t.switcher.saveLoginText,
        primary: ['primary_button', t.switcher.save, close],
        secondary: ['negative_button', t.notNow, close],
      });
    case 'sticker-nux':
      return headline(stage, {
        title: dialogs.stickerTitle,
        text: dialogs.stickerText,
        primary: ['primary_button', dialogs.tryIt, close],
        secondary: ['auxiliary_button', t.notNow, close],
      });
    case 'resume-draft':
      return headline(stage, {
        title: dialogs.resumeTitle,
        text: dialogs.resumeText,
        primary: ['primary_button', dialogs.resume, () => stage.resumeDraft()],
        secondary: ['negative_button', dialogs.startNew, close],
      });
    case 'limited-reach':
      return headline(stage, {
        title: dialogs.reachTitle,
        text: dialogs.reachText,
        primary: ['primary_button', t.share.share, () => stage.shareAllTheSame()],
        secondary: ['negative_button', dialogs.editDraft, close],
      });
    case 'rate':
      return rate(stage, close);
  }
}

type Choice = readonly [text: string, onTap: () => void];

/** Instagram's alert: a headline, a text, buttons one below the other. */
function alert(
  stage: Stage,
  { title, text, primary, cancel }: { title: string; text: string; primary: Choice; cancel: Choice },
): UiNode {
  const { board } = stage;
  const { dp } = board;
  const width = Math.min(board.width - dp(64), dp(300));
  const titleHeight = dp(26) * lineCount(title, width - dp(48), dp(18));
  const textHeight = dp(19) * lineCount(text, width - dp(48), dp(14));
  const height = dp(24) + titleHeight + dp(8) + textHeight + dp(24) + 2 * dp(48);
  const box = centerOf(board.area, width, height);
  const inner = inset(box, dp(24), dp(24));
  const titleBox = fromTop(inner, titleHeight);
  const textBox = { ...inner, top: titleBox.bottom + dp(8), bottom: titleBox.bottom + dp(8) + textHeight };
  const upper = { ...box, top: box.bottom - 2 * dp(48), bottom: box.bottom - dp(48) };
  const lower = { ...box, top: box.bottom - dp(48) };
  const choice = (bounds: Rect, id: string, [words, onTap]: Choice, isStrong: boolean) =>
    node('Button', bounds, {
      id: stage.id(id),
      text: words,
      clickable: true,
      focusable: true,
      onTap,
      paint: { ink: isStrong ? light.accent : light.ink, bold: isStrong, align: 'center', textPx: dp(15) },
    });
  return node('FrameLayout', box, { onTap: noop, paint: { fill: light.paper, radiusPx: dp(16) } }, [
    node('FrameLayout', box, { id: 'android:id/content' }, [
      node('LinearLayout', box, { id: stage.id('dialog_container') }, [
        label(titleBox, title, {
          id: stage.id('igds_alert_dialog_headline'),
          focusable: true,
          paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(18) },
        }),
        label(textBox, text, {
          id: stage.id('igds_alert_dialog_subtext'),
          focusable: true,
          paint: { ink: light.dim, align: 'center', textPx: dp(14) },
        }),
        choice(upper, 'igds_alert_dialog_primary_button', primary, true),
        choice(lower, 'igds_alert_dialog_cancel_button', cancel, false),
      ]),
    ]),
  ]);
}

type NamedChoice = readonly [id: string, text: string, onTap: () => void];

/** An introduction or a question in the middle, with a strong button and a weak one below it. */
function headline(
  stage: Stage,
  { title, text, primary, secondary }: { title: string; text: string; primary: NamedChoice; secondary: NamedChoice },
): UiNode {
  const { board } = stage;
  const { dp } = board;
  const box = centerOf(board.area, Math.min(board.width - dp(48), dp(272)), dp(360));
  const inner = inset(box, dp(32), dp(24));
  const titleBox = { ...inner, top: box.top + dp(110), bottom: box.top + dp(140) };
  const textBox = { ...inner, top: titleBox.bottom + dp(4), bottom: titleBox.bottom + dp(88) };
  const row = (index: number): Rect => ({
    ...box,
    top: box.bottom - dp(100) + index * dp(49),
    bottom: box.bottom - dp(100) + index * dp(49) + dp(48),
  });
  const choice = ([id, words, onTap]: NamedChoice, index: number, isStrong: boolean) =>
    node('FrameLayout', row(index), { id: stage.id(`${id}_row`), clickable: true, focusable: true, onTap }, [
      node('Button', inset(row(index), dp(20), 0), {
        id: stage.id(id),
        text: words,
        clickable: true,
        focusable: true,
        onTap,
        paint: {
          ...(isStrong ? { fill: light.accent, radiusPx: dp(8) } : {}),
          ink: isStrong ? '#ffffff' : light.accent,
          align: 'center',
          bold: true,
          textPx: dp(14),
        },
      }),
    ]);
  return node('FrameLayout', box, { onTap: noop, paint: { fill: light.paper, radiusPx: dp(12) } }, [
    node('FrameLayout', box, { id: 'android:id/content' }, [
      node('LinearLayout', box, {}, [
        image(centerOf({ ...box, top: box.top + dp(24), bottom: box.top + dp(104) }, dp(72)), {
          id: stage.id('igds_headline_image'),
          paint: { fill: light.soft, radiusPx: dp(36) },
        }),
        label(titleBox, title, {
          id: stage.id('igds_headline_headline'),
          paint: { ink: light.ink, bold: true, align: 'center', textPx: dp(18) },
        }),
        label(textBox, text, {
          id: stage.id('igds_headline_body'),
          paint: { ink: light.dim, align: 'center', textPx: dp(13) },
        }),
        choice(primary, 0, true),
        choice(secondary, 1, false),
      ]),
    ]),
  ]);
}

/** The oldest of its dialogs: three buttons over its whole width. */
function rate(stage: Stage, close: () => void): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const box = centerOf(board.area, Math.min(board.width - dp(96), dp(321)), dp(278));
  const head = fromTop(box, dp(58));
  const text = { ...box, top: head.bottom, bottom: head.bottom + dp(76) };
  const row = (index: number): Rect => ({
    ...box,
    top: text.bottom + index * dp(48),
    bottom: text.bottom + (index + 1) * dp(48),
  });
  const choice = (index: number, id: string, words: string) => {
    const button = node('Button', row(index), {
      id: stage.id(id),
      text: words,
      clickable: true,
      focusable: true,
      onTap: close,
      paint: { ink: light.ink, align: 'center', textPx: dp(15) },
    });
    return index === 2
      ? button
      : node('FrameLayout', row(index), {}, [button, node('View', { ...row(index), top: row(index).bottom - 1 })]);
  };
  return nest(
    box,
    [['FrameLayout'], ['FrameLayout'], ['FrameLayout', 'android:id/content']],
    [
      node('LinearLayout', box, { onTap: noop, paint: { fill: light.paper } }, [
        node('FrameLayout', head, { id: stage.id('alertTitleContainer') }, [
          label(inset(head, dp(16), dp(14)), t.dialogs.rate, {
            id: stage.id('appirater_title_area'),
            paint: { ink: light.ink, bold: true, textPx: dp(18) },
          }),
          node('View', { ...head, top: head.bottom - 1 }, { id: stage.id('divider') }),
        ]),
        node('FrameLayout', text, {}, [
          label(text, t.dialogs.rateText, {
            id: stage.id('appirater_message_area'),
            paint: { ink: light.ink, textPx: dp(14) },
          }),
          node('View', { ...text, top: text.bottom - 1 }),
        ]),
        choice(0, 'appirater_rate_button', t.dialogs.rate),
        choice(1, 'appirater_rate_later_button', t.dialogs.rateLater),
        choice(2, 'appirater_cancel_button', t.dialogs.noThanks),
      ]),
    ],
  );
}

/** The accounts signed in on this phone, in a window of its own that hides the page from the tree. Hardly an id in it. */
function switcher(stage: Stage): UiNode {
  const { board, t, actor, accounts } = stage;
  const { dp } = board;
  const height = dp(16) + dp(64) * accounts.length + dp(80 + 52 + 40 + 16);
  const sheet = { ...board.area, top: board.area.bottom - height };
  const close = () => stage.closeDialog('switcher');
  const body = { ...sheet, top: sheet.top + dp(16) };
  const row = (top: number, rowHeight: number): Rect => ({
    left: dp(16),
    right: board.width - dp(16),
    top,
    bottom: top + rowHeight,
  });
  const rows = accounts.map((username, index) => {
    const bounds = row(body.top + dp(16) + index * dp(64), dp(64));
    const isActive = username === actor.account;
    const words = centerOf(
      { ...bounds, left: dp(84), right: dp(84) + textWidth(username, dp(16)) },
      textWidth(username, dp(16)),
      dp(21),
    );
    return node('ViewGroup', bounds, {}, [
      node('ViewGroup', bounds, {}, [
        node(
          'ViewGroup',
          bounds,
          {
            desc: username,
            clickable: true,
            longClickable: true,
            focusable: true,
            selected: isActive,
            onTap: () => (isActive ? close() : stage.switchAccount(username)),
            onLongPress: noop,
          },
          [
            image(centerOf({ ...bounds, left: dp(32), right: dp(72) }, dp(40)), {
              selected: isActive,
              paint: { pictureSeed: `avatar:${username}`, radiusPx: dp(20) },
            }),
            node('View', words, {
              text: username,
              selected: isActive,
              paint: { ink: light.ink, textPx: dp(16) },
            }),
            ...(isActive
              ? [
                  image(centerOf({ ...bounds, left: bounds.right - dp(40), right: bounds.right - dp(16) }, dp(24)), {
                    selected: true,
                    paint: { symbol: 'check', ink: light.accent },
                  }),
                ]
              : []),
          ],
        ),
      ]),
    ]);
  });
  const addBox = row(body.top + dp(16) + accounts.length * dp(64), dp(64));
  const centerBox = row(addBox.bottom + dp(16), dp(36));
  const metaBox = row(centerBox.bottom + dp(16), dp(40));
  const add = node('ViewGroup', addBox, {}, [
    node('ViewGroup', addBox, {}, [
      node(
        'Button',
        addBox,
        { desc: t.switcher.add, clickable: true, longClickable: true, focusable: true, onTap: noop, onLongPress: noop },
        [
          node('ViewGroup', centerOf({ ...addBox, left: dp(32), right: dp(72) }, dp(40)), {}, [
            image(centerOf({ ...addBox, left: dp(32), right: dp(72) }, dp(24)), {
              paint: { symbol: 'plus', ink: light.ink },
            }),
          ]),
          node(
            'View',
            centerOf(
              { ...addBox, left: dp(84), right: dp(84) + textWidth(t.switcher.add, dp(16)) },
              textWidth(t.switcher.add, dp(16)),
              dp(21),
            ),
            {
              text: t.switcher.add,
              paint: { ink: light.ink, textPx: dp(16) },
            },
          ),
        ],
      ),
    ]),
  ]);
  const accountsCenter = node('ViewGroup', centerBox, {}, [
    node(
      'Button',
      centerBox,
      {
        desc: t.switcher.accountsCenter,
        clickable: true,
        longClickable: true,
        focusable: true,
        onTap: noop,
        onLongPress: noop,
      },
      [
        node('View', centerOf(centerBox, textWidth(t.switcher.accountsCenter, dp(14)), dp(19)), {
          text: t.switcher.accountsCenter,
          paint: { ink: light.accent, align: 'center', textPx: dp(14) },
        }),
      ],
    ),
  ]);
  const meta = node('ViewGroup', metaBox, {}, [image(centerOf(metaBox, dp(80), dp(16)), { desc: t.switcher.meta })]);
  const drag = centerOf({ ...sheet, bottom: body.top }, dp(48), dp(16));
  const content = { ...body, top: body.top };
  return node('FrameLayout', board.app, { onTap: close, onSwipe: noop, paint: { fill: '#00000099' } }, [
    nest(
      board.app,
      [['LinearLayout'], ['FrameLayout', 'android:id/content'], ['FrameLayout']],
      [
        node('FrameLayout', board.area, {}, [
          node('ViewGroup', board.area, {}, [
            node('FrameLayout', sheet, { onTap: noop, paint: { fill: light.paper, radiusPx: dp(16) } }, [
              node('FrameLayout', sheet),
              node('FrameLayout', drag, { desc: t.cancel, clickable: true, focusable: true, onTap: close }, [
                node('FrameLayout', centerOf(drag, dp(36), dp(4)), { paint: { fill: light.line } }),
              ]),
              nest(
                content,
                [['FrameLayout'], ['FrameLayout'], ['FrameLayout'], ['ViewGroup']],
                [
                  node('ViewGroup', content, { id: stage.id('recycler_view_container_id'), enabled: false }, [
                    node(recycler, content, { focusable: true }, [...rows, add, accountsCenter, meta]),
                  ]),
                ],
              ),
            ]),
          ]),
        ]),
      ],
    ),
    node('View', board.statusBar, { id: 'android:id/statusBarBackground' }),
  ]);
}
