import type { Rect, UiNode } from '../../parts.ts';
import { image, inset, node, textField } from '../../screen.ts';
import { textWidth } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { centerOf, light, modalFrame, nest, noop } from './frame.ts';

type LoginPage = Extract<Page, { is: 'login' }>;

/** What is left of the app when it has lost its account. Hardly an id; the words stand in boxes around and in the controls. */
export function drawLogin(stage: Stage, page: LoginPage): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const area = board.area;
  const line = (top: number, height: number): Rect => ({
    left: dp(16),
    right: board.width - dp(16),
    top: area.top + dp(top),
    bottom: area.top + dp(top + height),
  });
  const word = (box: Rect, text: string) => {
    const middle = centerOf(box, Math.min(box.right - box.left, textWidth(text, dp(16)) + dp(4)), dp(21));
    return node('View', middle, { text, desc: text, paint: { ink: light.ink, align: 'center', textPx: dp(15) } });
  };
  const field = (box: Rect, name: string, value: string, onText: (text: string) => void, isPassword = false) => {
    const caption = { ...inset(box, dp(16), 0), top: box.top + dp(20), bottom: box.top + dp(39) };
    return node('ViewGroup', box, {}, [
      node('ViewGroup', box, { clickable: true, focusable: true, paint: { fill: light.soft, radiusPx: dp(12) } }, [
        node(
          'ViewGroup',
          { ...box, left: caption.left, right: caption.right },
          {},
          value === ''
            ? [node('View', caption, { text: name, desc: name, paint: { ink: light.dim, textPx: dp(15) } })]
            : [],
        ),
        textField(
          { ...caption, top: box.top + dp(27), bottom: box.top + dp(47), right: box.right - dp(52) },
          {
            text: value,
            desc: `${name},`,
            onText,
            password: isPassword,
            // the app gives its fields no id; this tells them apart when the focus is kept
            key: name,
            paint: { ink: light.ink, textPx: dp(15) },
          },
        ),
      ]),
    ]);
  };
  const button = (box: Rect, text: string, onTap: () => void, fill?: string) =>
    node(
      'Button',
      box,
      {
        desc: text,
        clickable: true,
        focusable: true,
        onTap,
        ...(fill === undefined ? {} : { paint: { fill, radiusPx: dp(22) } }),
      },
      [node('ViewGroup', box, {}, [word(box, text)])],
    );
  const form = { ...area, top: line(157, 0).top, bottom: Math.max(line(574, 0).top, line(157, 0).top) };
  const boxes: readonly (readonly [string])[] = [
    ['FrameLayout'],
    ['FrameLayout'],
    ['FrameLayout'],
    ['FrameLayout'],
    ['ViewGroup'],
    ['ViewGroup'],
    ['ViewGroup'],
    ['ViewGroup'],
  ];
  return modalFrame(stage, [
    nest(area, boxes, [
      node(
        'ViewGroup',
        { ...form, left: dp(16), right: board.width - dp(16) },
        { clickable: true, focusable: true, onTap: noop },
        [
          button(line(157, 22), t.login.language, noop),
          image(line(179, 60), { desc: t.login.logo, paint: { fill: '#d62976', radiusPx: dp(20) } }),
          field(line(258, 60), t.login.name, page.name, (name) => stage.become({ ...page, name })),
          field(
            line(330, 60),
            t.login.password,
            page.password,
            (password) => stage.become({ ...page, password }),
            true,
          ),
          button(line(402, 44), t.login.logIn, () => stage.signIn(), light.accent),
          button(line(458, 36), t.login.forgot, noop),
          button(line(506, 44), t.login.create, noop),
        ],
      ),
    ]),
  ]);
}

/** What is left of the app when the platform has suspended the account: reasons, and an appeal. */
export function drawSuspended(stage: Stage): UiNode {
  const { board, t, actor } = stage;
  const { dp } = board;
  const { suspended } = t;
  const area = board.area;
  const head = { ...area, bottom: area.top + dp(44) };
  const appeal = { left: dp(16), right: board.width - dp(16), top: area.bottom - dp(58), bottom: area.bottom - dp(16) };
  const list = { ...area, top: head.bottom, bottom: appeal.top - dp(17) };
  const line = (top: number, height: number): Rect => ({
    left: dp(16),
    right: board.width - dp(16),
    top: list.top + dp(top),
    bottom: list.top + dp(top + height),
  });
  const view = (
    box: Rect,
    text: string,
    { isBold = false, align = 'left' as 'left' | 'center', isNamed = false } = {},
  ) =>
    node('View', box, {
      text,
      ...(isNamed ? { desc: text, focusable: true } : {}),
      paint: { ink: light.ink, bold: isBold, align, textPx: dp(isBold ? 17 : 14) },
    });
  const menu = { ...head, left: board.width - dp(52), right: board.width - dp(9) };
  return modalFrame(stage, [
    node('FrameLayout', area, {}, [
      nest(
        area,
        [['FrameLayout', stage.id('bloks_container')], ['ViewGroup'], ['ViewGroup'], ['ViewGroup']],
        [
          node('ViewGroup', head, {}, [
            image({ ...head, left: dp(42), right: dp(158) }),
            node('Button', menu, { desc: suspended.menu, clickable: true, focusable: true, onTap: noop }, [
              image(centerOf(menu, dp(24)), { paint: { symbol: 'menu', ink: light.ink } }),
            ]),
          ]),
          node('ViewGroup', { ...area, top: head.bottom }, {}, [
            node(
              'androidx.recyclerview.widget.RecyclerView',
              list,
              { focusable: true, scrollable: true, onSwipe: noop },
              [
                view(line(14, 30), suspended.title(actor.account), { isBold: true, align: 'center', isNamed: true }),
                view(line(50, 36), suspended.note, { align: 'center', isNamed: true }),
                view(line(104, 24), suspended.why, { isBold: true }),
                view(line(132, 40), suspended.whyText),
                node('ViewGroup', line(180, 48), { clickable: true, focusable: true, onTap: noop }, [
                  node('Button', inset(line(180, 48), dp(36), dp(12)), {
                    text: suspended.rule,
                    desc: suspended.rule,
                    focusable: true,
                    paint: { ink: light.ink, align: 'left', textPx: dp(14) },
                  }),
                ]),
                view(line(240, 24), suspended.what, { isBold: true }),
                view(line(268, 40), suspended.whatText),
              ],
            ),
            node(
              'Button',
              appeal,
              {
                desc: suspended.appeal,
                clickable: true,
                focusable: true,
                onTap: noop,
                paint: { fill: light.accent, radiusPx: dp(22) },
              },
              [
                node('View', centerOf(appeal, textWidth(suspended.appeal, dp(15)) + dp(4), dp(19)), {
                  text: suspended.appeal,
                  paint: { ink: '#ffffff', align: 'center', textPx: dp(15) },
                }),
              ],
            ),
          ]),
        ],
      ),
    ]),
  ]);
}

/** The platform asks who is there, and shows nothing else until somebody answers. [not captured; built like the page of a suspended account] */
export function drawCheckpoint(stage: Stage): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const { checkpoint } = t;
  const { area } = board;
  const line = (top: number, height: number): Rect => ({
    left: dp(16),
    right: board.width - dp(16),
    top: area.top + dp(top),
    bottom: area.top + dp(top + height),
  });
  const go = { ...line(0, 0), top: area.bottom - dp(58), bottom: area.bottom - dp(16) };
  const words = (box: Rect, text: string, isBold: boolean) =>
    node('View', box, {
      text,
      desc: text,
      focusable: true,
      paint: { ink: light.ink, bold: isBold, align: 'center', textPx: dp(isBold ? 17 : 14) },
    });
  return modalFrame(stage, [
    nest(
      area,
      [['FrameLayout'], ['FrameLayout', stage.id('bloks_container')], ['ViewGroup']],
      [
        words(line(58, 30), checkpoint.title, true),
        words(line(94, 40), checkpoint.text, false),
        node(
          'Button',
          go,
          {
            desc: checkpoint.go,
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { fill: light.accent, radiusPx: dp(22) },
          },
          [
            node('View', centerOf(go, textWidth(checkpoint.go, dp(15)) + dp(4), dp(19)), {
              text: checkpoint.go,
              paint: { ink: '#ffffff', align: 'center', textPx: dp(15) },
            }),
          ],
        ),
      ],
    ),
  ]);
}
