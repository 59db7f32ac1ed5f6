/**
 * What the post screen opens over itself: more options and product links. No capture shows these pages; they are written
 * from the app's help and unproven on real phones.
 */
import { both, byClass, byDesc, byText, either, type Selector } from '../../../phone/selector.ts';
import { control, defineScreen, weighted } from '../../../script/screen.ts';
import { inReadingOrder, switchBeside } from '../../shapes.ts';
import { between, clickable, tapTargetOf } from '../places.ts';
import type { TextKey } from '../texts/en.ts';
import { startingWith, t } from '../texts.ts';

const post = ['tiktok.create-post', 'tiktok.create-post-typing'];
const named = (...keys: readonly TextKey[]): Selector => either(byText(t(...keys)), byDesc(t(...keys)));
const aiContent = named('ai-content');

/** "More options", unfolded. [not captured] */
export const postOptions = defineScreen('tiktok.create-post-options', {
  over: post,
  needs: [weighted(3, aiContent)],
  aiLabel: control([switchBeside(aiContent)]),
});

/** "Add link", unfolded: what can be linked. [not captured] */
export const linkMenu = defineScreen('tiktok.create-add-link', {
  over: post,
  needs: [weighted(2, named('products')), between(named('add-link'), 0.1, 1)],
  never: [byText(t('drafts'))],
  products: control([tapTargetOf(named('products'))]),
});

const addButtons = both(byText(t('add')), clickable);

/** The showcase of the account. [not captured] */
export const products = defineScreen('tiktok.create-products', {
  over: [...post, 'tiktok.create-add-link'],
  needs: [weighted(2, named('add-product-links', 'showcase'))],
  never: [byClass('EditText')],
  none: control([byText(startingWith('no-products'))], { readOnly: true }),
  add: control([inReadingOrder(addButtons)], { many: true }),
});

/** How the link will be called. [not captured] */
export const productName = defineScreen('tiktok.create-product-name', {
  over: [...post, 'tiktok.create-products'],
  needs: [named('product-name'), byClass('EditText'), addButtons],
  name: control([byClass('EditText')]),
  add: control([addButtons]),
});
