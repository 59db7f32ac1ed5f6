import type { UiNode } from '../../parts.ts';
import { button, label, node, textField } from '../../screen.ts';
import { nextPost, type PostInput, type Sheet } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light, sheetFrame } from './frame.ts';

/*
 * What the post screen opens over itself. No tree of these sheets is known; the steps are those of the app's help: More
 * options, then the switch "AI-generated content"; Add link, then Products, Add beside one of the showcase, its name, Add.
 */

type Of<Is extends Sheet['is']> = Extract<Sheet, { is: Is }>;

/** One input for the post below. */
function change(stage: Stage, input: PostInput): void {
  if (stage.page?.is === 'post') stage.become(nextPost(stage.page, input));
}

const heading = (stage: Stage, top: number, text: string): UiNode =>
  label(stage.board.bottom(200, top, 880, top + 70), text, {
    paint: { ink: light.ink, align: 'center', bold: true },
  });

export function drawPostOptions(stage: Stage): UiNode[] {
  const { board, t } = stage;
  const { page } = stage;
  const row = (top: number, text: string, checked: boolean, onTap: () => void, note?: string) => {
    const height = note === undefined ? 140 : 220;
    return node('LinearLayout', board.bottom(0, top, 1080, top + height), { id: stage.id('option-row') }, [
      label(board.bottom(42, top + 40, 820, top + 100), text, { paint: { ink: light.ink } }),
      ...(note === undefined
        ? []
        : [label(board.bottom(42, top + 110, 820, top + 200), note, { paint: { ink: light.dim } })]),
      node('Switch', board.bottom(900, top + 30, 1038, top + 110), {
        id: stage.id('option-switch'),
        clickable: true,
        focusable: true,
        checkable: true,
        checked,
        onTap,
        paint: { fill: checked ? light.accent : light.line, radiusPx: board.px(40) },
      }),
    ]);
  };
  return sheetFrame(stage, 900, [
    heading(stage, 1_470, t.post.moreOptions),
    row(1_570, t.options.comments, true, () => {}),
    row(
      1_720,
      t.options.aiContent,
      page?.is === 'post' && page.aiLabel,
      () => change(stage, { is: 'ai-label' }),
      t.options.aiNote,
    ),
  ]);
}

export function drawAddLink(stage: Stage): UiNode[] {
  const { board, t } = stage;
  return sheetFrame(stage, 500, [
    heading(stage, 1_870, t.post.addLink),
    node(
      'Button',
      board.bottom(0, 1_970, 1080, 2_110),
      {
        id: stage.id('product-row'),
        desc: t.products.product,
        clickable: true,
        focusable: true,
        onTap: () => stage.showSheet({ is: 'products' }),
      },
      [label(board.bottom(120, 2_010, 900, 2_070), t.products.product, { paint: { ink: light.ink } })],
    ),
  ]);
}

/** The showcase of the account, each thing with a button that adds it. */
export function drawProducts(stage: Stage): UiNode[] {
  const { board, t, world, actor } = stage;
  const products = world.showcase(actor.app, actor.account);
  const rows = products.slice(0, 6).map((product, index) => {
    const top = 620 + index * 240;
    return node('LinearLayout', board.bottom(0, top, 1080, top + 230), { id: stage.id('product-row') }, [
      node('ImageView', board.bottom(42, top + 15, 242, top + 215), {
        paint: { pictureSeed: `product:${product.id}`, radiusPx: board.px(12) },
      }),
      label(board.bottom(280, top + 40, 780, top + 100), product.title, { paint: { ink: light.ink } }),
      label(board.bottom(280, top + 120, 780, top + 170), product.price, { paint: { ink: light.dim } }),
      button(
        board.bottom(820, top + 70, 1038, top + 160),
        t.products.add,
        () => stage.showSheet({ is: 'product-name', product, name: product.title }),
        {
          id: stage.id('product-add'),
          paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
        },
      ),
    ]);
  });
  return sheetFrame(stage, 1_900, [
    heading(stage, 460, t.products.title),
    label(board.bottom(42, 540, 400, 600), t.products.showcase, {
      selected: true,
      paint: { ink: light.ink, bold: true },
    }),
    ...(products.length === 0
      ? [label(board.bottom(200, 1_200, 880, 1_270), t.products.none, { paint: { ink: light.dim, align: 'center' } })]
      : rows),
  ]);
}

/** What the link will be called; its own name to begin with. */
export function drawProductName(stage: Stage, { product, name }: Of<'product-name'>): UiNode[] {
  const { board, t } = stage;
  const add = () => {
    if (name.trim() === '') return;
    stage.host.ui.blur();
    change(stage, { is: 'product', product: { ...product, title: name.trim() } });
    stage.showSheet(undefined);
  };
  return sheetFrame(stage, 1_500, [
    heading(stage, 870, t.products.name),
    textField(board.bottom(42, 970, 1038, 1_080), {
      id: stage.id('product-name'),
      text: name,
      onText: (text) => stage.showSheet({ is: 'product-name', product, name: text.slice(0, 30) }),
      paint: { fill: '#f0f0f0', ink: light.ink },
    }),
    button(board.bottom(42, 1_130, 1038, 1_250), t.products.add, add, {
      id: stage.id('product-add'),
      paint: { fill: light.accent, ink: '#ffffff', radiusPx: board.px(12), align: 'center' },
    }),
  ]);
}
