/**
 * What comes in front of Instagram's own screens. `dismiss` names the answer that gives nothing away and changes nothing;
 * without one a dialog is not touched. With `fails` it ends the attempt, because no tap of ours would help.
 */
import { byClass, byDesc, byId, byText, either, type Selector, where } from '../../phone/selector.ts';
import { type AnyScreen, control, defineDialog, weighted } from '../../script/screen.ts';
import type { PermissionRule } from '../../script/system-screens.ts';
import { firstOf, shared } from '../shapes.ts';
import { limitedReach } from './screens/share.ts';
import type { TextKey } from './texts/en.ts';
import { holding, startingWith, t } from './texts.ts';

const button = (...keys: readonly TextKey[]): Selector =>
  shared(
    where(
      either(byText(t(...keys)), byDesc(t(...keys))),
      (node, hierarchy) => node.clickable || hierarchy.nodes[node.parent]?.clickable === true,
      'on a button',
    ),
  );
const headline = shared(
  byId([
    'igds_headline_headline',
    'igds_headline_emphasized_headline',
    'dialog_title',
    'action_sheet_header_text_view',
    'alertTitle',
    'igds_alert_dialog_headline',
  ]),
);
const sheet = shared(
  byId(['bottom_sheet_container', 'background_dimmer', 'dialog_container', 'dialog_root_view', 'igds_headline_body']),
);

/** What the app itself says, not what users write: captions, names and comments may hold the same words. */
const notice = (key: TextKey): Selector =>
  shared(
    where(
      either(byText(holding(key)), byDesc(holding(key))),
      ({ id, className, text, desc }) =>
        !/(?:EditText|AutoCompleteTextView|IgTextLayoutView)$/.test(className) &&
        !/(?:caption|username|bubble|bio|row_feed|full_name)/.test(id) &&
        Math.max(text.length, desc.length) < 200,
      'in a notice',
    ),
  );
const starts = (key: TextKey): Selector => shared(either(byText(startingWith(key)), byDesc(startingWith(key))));

/** Leaving the editor: keep editing loses nothing. [captures: create-save-draft-dialog] */
export const saveDraft = defineDialog('instagram.dialog-save-draft', {
  needs: [either(starts('save-draft-ask'), button('keep-editing')), button('keep-editing', 'save-draft')],
  shown: [
    weighted(2, button('keep-editing')),
    button('start-over'),
    button('save-draft'),
    byId('action_sheet_row_text_view'),
  ],
  dismiss: 'keepEditing',
  accept: control([button('save-draft')]),
  keepEditing: control([button('keep-editing')]),
  discard: control([button('start-over')]),
});

/** [captures: dialog-rate-instagram] */
const rate = defineDialog('instagram.dialog-rate', {
  needs: [
    either(starts('rate-ask'), byId('appirater_title_area')),
    either(byId('appirater_cancel_button'), button('not-now')),
  ],
  shown: [byId('appirater_rate_later_button'), button('remind-later')],
  dismiss: 'decline',
  accept: control([
    firstOf(
      byId('appirater_rate_button'),
      where(byText(t('rate-ask')), (node) => node.clickable, 'clickable'),
    ),
  ]),
  decline: control([byId('appirater_cancel_button'), button('not-now')]),
});

/** [captures: dialog-create-sticker-nux] */
const sticker = defineDialog('instagram.dialog-create-sticker', {
  needs: [starts('sticker-ask'), either(button('not-now'), byId('auxiliary_button'))],
  shown: [button('try-it'), headline],
  dismiss: 'later',
  accept: control([either(byId('primary_button'), button('try-it'))]),
  later: control([either(byId('auxiliary_button'), button('not-now'))]),
});

/** A sheet that praises something; no button closes it, Back does. [captures: reel-viewer-own--4] */
export const promo = defineDialog('instagram.dialog-promo', {
  needs: [
    either(byId('promo_headline'), starts('promo-text'), headline),
    either(byId(['bb_primary_action_container', 'bb_primary_action']), button('get-started')),
  ],
  shown: [sheet, byId('igds_headline_body'), button('get-started')],
  never: [byClass('EditText'), byId('layout_comment_thread_edittext')],
  dismiss: 'back',
  accept: control([firstOf(byId(['bb_primary_action_container', 'bb_primary_action']), button('get-started'))]),
});

const asks: readonly TextKey[] = ['notifications-ask', 'save-login-ask', 'contacts-ask', 'feature-ask'];

/** Offers that can wait: notifications, keeping the log-in, contacts, something new. Only "not now" answers them. */
const offer = defineDialog('instagram.dialog-offer', {
  needs: [weighted(2, either(...asks.map(notice))), button('not-now', 'cancel', 'dont-allow')],
  shown: [headline, sheet, byId(['primary_button', 'negative_button', 'auxiliary_button'])],
  enough: 0.4,
  dismiss: 'later',
  later: control([
    firstOf(button('not-now', 'dont-allow'), button('cancel'), byId(['negative_button', 'auxiliary_button'])),
  ]),
});

/** A draft of an earlier day: going on with ours keeps it. [notes: 410] */
const resumeDraft = defineDialog('instagram.dialog-resume-draft', {
  needs: [weighted(2, notice('resume-draft-ask')), button('start-new-video')],
  dismiss: 'startNew',
  startNew: control([button('start-new-video')]),
});

/** A newer version is offered, and the old one still works. */
const updateOffer = defineDialog('instagram.dialog-update', {
  needs: [weighted(2, notice('update-ask')), button('not-now', 'cancel')],
  shown: [button('update')],
  never: [notice('update-must')],
  dismiss: 'later',
  later: control([button('not-now', 'cancel')]),
});

const updateRequired = defineDialog('instagram.dialog-update-required', {
  fails: 'app.update-required',
  needs: [weighted(2, notice('update-must')), button('update', 'got-it')],
  never: [button('not-now')],
});

/** "Try again later. We limit how often …": the platform asks to slow down. */
export const limited = defineDialog('instagram.dialog-limited', {
  fails: 'app.limited',
  needs: [weighted(2, notice('limited')), button('got-it', 'tell-us', 'not-now', 'cancel')],
  shown: [headline, sheet, button('tell-us')],
  never: [byClass('EditText')],
  enough: 0.4,
  close: control([firstOf(button('got-it'), button('not-now', 'cancel'))]),
});

export const dialogs: readonly AnyScreen[] = [
  saveDraft,
  rate,
  sticker,
  limitedReach,
  promo,
  offer,
  resumeDraft,
  updateOffer,
  updateRequired,
  limited,
];

/**
 * Camera, microphone and media, without which nothing can be posted; in the words of Android 8 to 16. Everything else
 * (contacts, location, calls) is denied by default.
 */
export const permissions: readonly PermissionRule[] = [
  { name: 'contacts', says: byText(/contact|kontakt|danh bạ/i), answer: 'deny' },
  {
    name: 'camera, microphone and media',
    says: byText(
      /take pictures|record (?:video|audio)|photos?|video|media|music and audio|prendre des photos|enregistrer (?:des|du)|vidéo|média|multimédia|fichiers|camera|microphone|micro|audio/i,
    ),
    answer: 'allow',
  },
];
