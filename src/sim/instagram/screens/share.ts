import type { Rect, UiNode } from '../../parts.ts';
import { columns, fromBottom, fromTop, image, inset, label, node, textField } from '../../screen.ts';
import { published } from '../../sounds.ts';
import { dps, fitText, lineCount, textWidth } from '../board.ts';
import { captionLimit, cutText, type SharePage } from '../page.ts';
import type { Stage } from '../stage.ts';
import { actionBar, centerOf, light, modalFrame, noop } from './frame.ts';
import { type Item, list } from './list.ts';

/** The last screen before publishing. While the caption is written, Share is gone and OK in the bar leads back to it. */
export function drawShare(stage: Stage, page: SharePage): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const bar = fromTop(board.area, dp(dps.actionBar));
  const bottom = page.isEditing ? Math.min(board.area.bottom, stage.host.ui.keyboardTop) : board.area.bottom;
  const foot = { ...board.area, top: board.area.bottom - dp(79) };
  const body = { ...board.area, top: bar.bottom, bottom: page.isEditing ? bottom : foot.top };
  const items = page.isEditing
    ? [captionItem(stage, page), ...optionItems(stage, page)]
    : [coverItem(stage, page), captionItem(stage, page), ...optionItems(stage, page)];
  const scroll = list(body, items, {
    className: 'android.widget.ScrollView',
    id: stage.id('scroll_view'),
    offset: page.isEditing ? 0 : page.offset,
    onScroll: (offset) => stage.become({ ...page, offset }),
  });
  // a ScrollView has one child that holds all
  const content: UiNode = {
    ...scroll,
    children: [
      node(
        'LinearLayout',
        body,
        { id: stage.id('content_view'), clickable: true, focusable: true, onTap: noop },
        scroll.children ?? [],
      ),
    ],
  };
  const done = () => {
    stage.host.ui.blur();
    stage.become({ ...page, isEditing: false });
  };
  const okBox = { ...inset(bar, 0, dp(8)), left: board.width - dp(53), right: board.width - dp(8) };
  const ok = node('Button', okBox, {
    id: stage.id('action_bar_button_text'),
    text: t.ok,
    desc: t.ok,
    clickable: true,
    focusable: true,
    onTap: done,
    paint: { ink: light.accent, bold: true, align: 'center', textPx: dp(16) },
  });
  const title = page.kind === 'reel' ? t.share.title : t.share.postTitle;
  return modalFrame(
    stage,
    [
      node('ViewGroup', { ...board.area, top: bar.bottom }, {}, [
        content,
        ...(page.isEditing ? [] : [footer(stage, page, foot)]),
      ]),
    ],
    { bar: actionBar(stage, { title, right: page.isEditing ? [ok] : [] }) },
  );
}

function footer(stage: Stage, page: SharePage, foot: Rect): UiNode {
  const { t } = stage;
  const { dp } = stage.board;
  const row = { ...inset(foot, dp(16), 0), top: foot.top + dp(15), bottom: foot.bottom - dp(20) };
  const [left = row, right = row] = columns(row, ['rest', 'rest'], dp(16));
  const word = (box: Rect, text: string, ink: string) =>
    label(centerOf(box, Math.min(box.right - box.left, textWidth(text, dp(15))), dp(19)), text, {
      paint: { ink, bold: true, align: 'center', textPx: dp(15) },
    });
  const share = () => {
    if (page.step === 'leaving') return;
    stage.become({ ...page, step: 'leaving' });
    if (!stage.publish(draftOf(stage, page))) stage.become(page);
  };
  return node(
    'LinearLayout',
    foot,
    {
      id: stage.id('share_button_container'),
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { fill: light.paper },
    },
    [
      node('ViewGroup', foot, { id: stage.id('footer_button_container') }, [
        node('View', fromTop(foot, 1), { id: stage.id('footer_button_divider'), paint: { fill: light.line } }),
        node(
          'Button',
          left,
          {
            id: stage.id('save_draft_button'),
            desc: t.share.saveDraft,
            clickable: true,
            focusable: true,
            onTap: () => stage.saveDraft(draftOf(stage, page)),
            paint: { fill: light.soft, radiusPx: dp(12) },
          },
          [word(left, t.share.saveDraft, light.ink)],
        ),
        // a FrameLayout, not a Button
        node(
          'FrameLayout',
          right,
          {
            id: stage.id('share_button'),
            desc: t.share.share,
            clickable: true,
            focusable: true,
            onTap: share,
            paint: { fill: light.accent, radiusPx: dp(12) },
          },
          [word(right, t.share.share, '#ffffff')],
        ),
      ]),
    ],
  );
}

const draftOf = (stage: Stage, page: SharePage) => ({
  account: stage.actor.account,
  media: page.media,
  caption: page.caption,
  ...published(page.sound, { hasOwnSound: page.media[0]?.kind === 'video' }),
  placement: page.kind,
  productLink: null,
  aiLabel: page.aiLabel,
});

function coverItem(stage: Stage, page: SharePage): Item {
  const { t } = stage;
  const { dp } = stage.board;
  return {
    height: dp(295),
    make: (bounds) => {
      const cover = centerOf({ ...bounds, top: bounds.top + dp(14), bottom: bounds.bottom - dp(16) }, dp(148), dp(265));
      const edit = centerOf(fromBottom(cover, dp(50)), dp(85), dp(28));
      const picture = { pictureSeed: page.media[0]?.sha256 ?? 'empty', radiusPx: dp(8) };
      if (page.kind === 'post')
        return node('FrameLayout', bounds, {}, [
          image(cover, {
            id: stage.id('metadata_imageview'),
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: picture,
          }),
        ]);
      return node('FrameLayout', bounds, {}, [
        node(
          'FrameLayout',
          cover,
          { id: stage.id('cover_photo_preview'), clickable: true, focusable: true, onTap: noop },
          [
            node('Button', cover, {
              id: stage.id('clip_thumbnail_image'),
              desc: t.share.editCoverLong,
              clickable: true,
              onTap: noop,
              paint: picture,
            }),
            node('Button', edit, { id: stage.id('clip_thumbnail_layout'), clickable: true, onTap: noop }, [
              label(inset(edit, dp(12), dp(6)), t.share.editCover, {
                id: stage.id('clip_thumbnail_text'),
                paint: { ink: '#ffffff', textPx: dp(13) },
              }),
            ]),
          ],
        ),
      ]);
    },
  };
}

function captionItem(stage: Stage, page: SharePage): Item {
  const { board, t } = stage;
  const { dp } = board;
  const lines = Math.max(2, lineCount(page.caption, board.width - dp(32), dp(15)));
  const fieldHeight = dp(8) + lines * dp(20);
  const chips =
    page.kind === 'reel'
      ? [t.share.hashtags, t.share.linkReel, t.share.poll, t.share.prompt]
      : [t.share.hashtags, t.share.poll, t.share.prompt];
  return {
    height: dp(16) + fieldHeight + dp(58),
    make: (bounds) => {
      const field = {
        left: dp(16),
        right: board.width - dp(16),
        top: bounds.top + dp(page.isEditing ? 2 : 16),
        bottom: bounds.top + dp(page.isEditing ? 2 : 16) + fieldHeight,
      };
      const chipRow = { ...bounds, top: field.bottom, bottom: field.bottom + dp(58) };
      const input = textField(field, {
        id: stage.id('caption_input_text_view'),
        text: page.caption,
        hint: page.kind === 'reel' ? t.share.hint : t.share.postHint,
        onText: (text) => stage.become({ ...page, caption: cutText(text, captionLimit) }),
        onFocus: (isFocused) => {
          if (isFocused && !page.isEditing) stage.become({ ...page, isEditing: true, offset: 0 });
        },
        paint: { ink: light.ink, textPx: dp(15) },
      });
      let left = dp(16);
      const buttons = chips.map((text) => {
        const box = {
          left,
          right: left + textWidth(text, dp(13)) + dp(36),
          top: chipRow.top + dp(8),
          bottom: chipRow.top + dp(50),
        };
        left = box.right + dp(8);
        const inner = { ...box, top: box.top + dp(10) };
        return node('Button', box, { clickable: true, focusable: true, onTap: noop }, [
          node('LinearLayout', inner, { id: stage.id('button_layout'), paint: { fill: light.soft, radiusPx: dp(8) } }, [
            image(centerOf({ ...inner, right: inner.left + dp(28) }, dp(12)), { id: stage.id('suggestion_icon') }),
            label({ ...inset(inner, 0, dp(8)), left: inner.left + dp(24), right: inner.right - dp(8) }, text, {
              id: stage.id('suggestion_text'),
              paint: { ink: light.ink, textPx: dp(13) },
            }),
          ]),
        ]);
      });
      return node('LinearLayout', bounds, {}, [
        ...(page.isEditing
          ? []
          : [node('View', fromTop(bounds, 1), { id: stage.id('caption_box_divider'), paint: { fill: light.line } })]),
        { ...input, class: 'android.widget.AutoCompleteTextView' },
        node(
          'androidx.recyclerview.widget.RecyclerView',
          chipRow,
          { id: stage.id('caption_add_on_recyclerview'), focusable: true },
          buttons.filter((chip) => chip.bounds.left < board.width),
        ),
      ]);
    },
  };
}

function optionItems(stage: Stage, page: SharePage): Item[] {
  const { t } = stage;
  return [
    optionRow(stage, t.share.tagPeople),
    locationRow(stage),
    optionRow(stage, t.share.renameAudio, t.share.audioName),
    aiRow(stage, page),
    optionRow(stage, t.share.audience, t.share.everyone),
  ];
}

function optionRow(stage: Stage, text: string, second?: string): Item {
  const { board } = stage;
  const { dp } = board;
  return {
    height: dp(48),
    make: (bounds) => {
      const row = inset(bounds, dp(16), dp(12));
      const words = fitText({ ...row, left: dp(52), right: row.right - dp(16) }, text, dp(16));
      const chevron = centerOf({ ...row, left: row.right - dp(16) }, dp(16));
      return node('Button', bounds, { clickable: true, focusable: true, onTap: noop }, [
        node('LinearLayout', { ...row, right: chevron.left }, { id: stage.id('title_container') }, [
          image(centerOf({ ...row, right: dp(52) }, dp(24)), { id: stage.id('icon') }),
          node('LinearLayout', { ...row, left: dp(52), right: chevron.left }, {}, [
            node('LinearLayout', { ...row, left: dp(52), right: chevron.left }, {}, [
              label(words, text, { id: stage.id('title'), paint: { ink: light.ink, textPx: dp(16) } }),
              ...(second === undefined
                ? []
                : [
                    label({ ...words, left: words.right, right: chevron.left - dp(8) }, second, {
                      id: stage.id('inline_subtitle'),
                      paint: { ink: light.dim, align: 'right', textPx: dp(14) },
                    }),
                  ]),
            ]),
          ]),
        ]),
        image(chevron, { id: stage.id('chevron_icon') }),
      ]);
    },
  };
}

function locationRow(stage: Stage): Item {
  const { board, t } = stage;
  const { dp } = board;
  return {
    height: dp(48),
    make: (bounds) =>
      node('Button', bounds, { clickable: true, onTap: noop }, [
        node('LinearLayout', bounds, { id: stage.id('metadata_location_row'), desc: t.share.addLocation }, [
          node(
            'LinearLayout',
            bounds,
            { id: stage.id('metadata_location_first_row'), clickable: true, focusable: true, onTap: noop },
            [
              image(centerOf({ ...bounds, left: dp(16), right: dp(52) }, dp(24)), { id: stage.id('location_balloon') }),
              label({ ...bounds, left: dp(52), right: board.width - dp(40) }, t.share.addLocation, {
                id: stage.id('location_label'),
                paint: { ink: light.ink, textPx: dp(16) },
              }),
              image(centerOf({ ...bounds, left: board.width - dp(40), right: board.width - dp(16) }, dp(24)), {
                id: stage.id('arrow'),
              }),
            ],
          ),
        ]),
      ]),
  };
}

function aiRow(stage: Stage, page: SharePage): Item {
  const { board, t } = stage;
  const { dp } = board;
  return {
    height: dp(84),
    make: (bounds) => {
      const toggle = centerOf({ ...bounds, left: board.width - dp(68), right: board.width - dp(16) }, dp(52), dp(32));
      const title = { left: dp(52), right: toggle.left, top: bounds.top + dp(12), bottom: bounds.top + dp(32) };
      return node('LinearLayout', bounds, { clickable: true, focusable: true, onTap: noop }, [
        node('ToggleButton', bounds, { focusable: true, checkable: true }, [
          image(centerOf({ ...bounds, left: dp(16), right: dp(52) }, dp(24)), { id: stage.id('icon') }),
          node('LinearLayout', title, { id: stage.id('title_inline_layout') }, [
            label(title, t.share.aiLabel, { id: stage.id('title'), paint: { ink: light.ink, textPx: dp(16) } }),
          ]),
          label({ ...title, top: title.bottom, bottom: bounds.bottom - dp(12) }, t.share.aiNote, {
            id: stage.id('subtitle'),
            desc: t.share.aiNote,
            paint: { ink: light.dim, textPx: dp(13) },
          }),
          node('ToggleButton', toggle, {
            id: stage.id('toggle'),
            clickable: true,
            checkable: true,
            checked: page.aiLabel,
            onTap: () => stage.become({ ...page, aiLabel: !page.aiLabel }),
            paint: { fill: page.aiLabel ? light.accent : light.line, radiusPx: dp(16) },
          }),
        ]),
      ]);
    },
  };
}
