import { byDesc, byText, either } from '../../phone/selector.ts';
import type { ScriptContext } from '../../script/kit.ts';
import { postScreen } from './screens/post.ts';
import { linkMenu, postOptions, productName, products } from './screens/post-more.ts';

const pageMs = 20_000;

/** Begins and ends on the post screen, with the keyboard down. The switch is read back before the options are left. */
export async function labelAsAi(ctx: ScriptContext): Promise<void> {
  await ctx.step('label it as made with AI', async () => {
    await ctx.tap(postScreen.moreOptions);
    const options = await ctx.waitFor(postOptions, { timeoutMs: pageMs, until: (seen) => seen.has('aiLabel') });
    if (options.isSelected('aiLabel') !== true) await ctx.tap(postOptions.aiLabel);
    await ctx.waitFor(postOptions, { timeoutMs: pageMs, until: (seen) => seen.isSelected('aiLabel') === true });
    await ctx.key('back');
    await ctx.waitFor(postScreen, { timeoutMs: pageMs });
  });
}

/**
 * Links the first product of the account's showcase under the name that the app proposes; the post screen then shows it.
 * Begins and ends there. Throws `app.target-missing` where the account has no showcase, or nothing in it.
 */
export async function addProductLink(ctx: ScriptContext): Promise<void> {
  await ctx.step('add the product link', async () => {
    if (!(await ctx.waitFor(postScreen, { timeoutMs: pageMs })).has('addLink')) noProduct(ctx, 'offers no link');
    await ctx.tap(postScreen.addLink);
    const next = await ctx.waitFor<string>([linkMenu, products], { timeoutMs: pageMs });
    if (next.of(linkMenu).is) await ctx.tap(linkMenu.products);
    const list = await ctx.waitFor(products, {
      timeoutMs: pageMs,
      until: (seen) => seen.has('add') || seen.has('none'),
    });
    const [first] = list.allOf('add').toSorted((a, b) => a.bounds.top - b.bounds.top);
    if (!first) return noProduct(ctx, 'has no product in its showcase');
    await ctx.tap(products.add, { where: ({ bounds }) => bounds.top === first.bounds.top });
    const named = await ctx.waitFor(productName, { timeoutMs: pageMs });
    const name = named.textOf('name') ?? '';
    await ctx.tap(productName.add);
    await ctx.waitFor(postScreen, {
      timeoutMs: pageMs,
      until: (seen) => name !== '' && seen.find(either(byText(name), byDesc(name))).length > 0,
    });
  });
}

const noProduct = (ctx: ScriptContext, why: string): never =>
  ctx.fail(
    'app.target-missing',
    `this account ${why}; put a product into its showcase in the app, or leave add_product_link off`,
  );
