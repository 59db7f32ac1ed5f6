/**
 * What comes in front of TikTok's own screens. `dismiss` names the answer that gives nothing away and changes nothing;
 * without one a dialog is not touched. With `fails` it ends the attempt, because no tap of ours would help.
 */
import { both, byClass, byDesc, byId, byText, either, type Selector, where } from '../../phone/selector.ts';
import { type AnyScreen, control, defineDialog, weighted } from '../../script/screen.ts';
import type { PermissionRule } from '../../script/system-screens.ts';
import { clickable } from './places.ts';
import type { TextKey } from './texts/en.ts';
import { holding, t } from './texts.ts';

const button = (...keys: readonly TextKey[]): Selector =>
  both(either(byText(t(...keys)), byDesc(t(...keys))), clickable);

/** Sentences stand on their own; user texts (captions, comments) that quote one are longer or part of a list. */
const says = (key: TextKey): Selector => byText(holding(key));
const card = byDesc(t('dialog', 'bottom-sheet'));

/** [captures: dialog-contacts; the second button is "Open settings" or "OK"] */
export const contacts = defineDialog('tiktok.dialog-contacts', {
  needs: [weighted(2, says('contacts-ask')), button('dont-allow')],
  shown: [card, button('open-settings', 'ok')],
  dismiss: 'deny',
  accept: control([button('open-settings', 'ok')]),
  deny: control([button('dont-allow')]),
});

/** [captures: dialog-turn-on-notifications] */
export const notifications = defineDialog('tiktok.dialog-notifications', {
  needs: [weighted(2, byText(t('notifications-ask'))), button('not-now')],
  shown: [card, button('turn-on')],
  dismiss: 'later',
  accept: control([button('turn-on')]),
  later: control([button('not-now')]),
});

/** After a log-in or a change of account. Back does not close it. [notes: 43.1.4, 46.9.3] */
const saveLogin = defineDialog('tiktok.dialog-save-login', {
  needs: [weighted(2, says('save-login-ask')), button('not-now')],
  shown: [card],
  dismiss: 'later',
  later: control([button('not-now')]),
});

/** Offers of the app that can wait: friends from Facebook, an avatar, viewer history, a home screen shortcut. */
const offer = defineDialog('tiktok.dialog-offer', {
  needs: [
    weighted(2, either(says('facebook-ask'), says('avatar-ask'), says('viewer-history-ask'), says('add-to-home-ask'))),
    button('not-now', 'dont-allow', 'cancel'),
  ],
  shown: [card],
  dismiss: 'later',
  later: control([button('not-now', 'dont-allow', 'cancel')]),
});

/** A newer version is offered, and the old one still works. */
const updateOffer = defineDialog('tiktok.dialog-update', {
  needs: [
    weighted(2, either(says('update-ask'), byDesc(t('update-dismiss')))),
    button('not-now', 'cancel', 'update-dismiss'),
  ],
  shown: [button('update')],
  never: [says('update-must')],
  dismiss: 'later',
  later: control([button('not-now', 'cancel', 'update-dismiss')]),
});

/** The app does not go on without an update. The form that 43.1.4 draws without words cannot be told and stays unknown. */
const updateRequired = defineDialog('tiktok.dialog-update-required', {
  fails: 'app.update-required',
  needs: [weighted(2, says('update-must')), button('update', 'ok')],
});

/** What the app itself says, not what users write: captions, names and comments may hold the same words. */
const notice = (key: TextKey): Selector =>
  where(
    says(key),
    ({ id, className, text }) =>
      !/(?:^|\/)(?:desc|title)$/.test(id) && !/(?:EditText|TuxTextLayoutView)$/.test(className) && text.length < 160,
    'in a notice',
  );

/** [captures: dialog-account-blocked] */
export const accountBlocked = defineDialog('tiktok.dialog-account-blocked', {
  fails: 'app.suspended',
  needs: [weighted(2, notice('account-blocked')), either(byId('button1'), button('ok', 'got-it'))],
  shown: [byText(t('account-status'))],
  accept: control([either(byId('button1'), button('ok', 'got-it'))]),
  /** Its only button: it ends the attempt and is never tapped. */
  close: control([either(byId('button1'), button('ok', 'got-it'))], { element: 'dismiss' }),
});

/** "You're posting too fast": the platform asks to slow down. Closing it shows what became of what it was told about. */
export const limited = defineDialog('tiktok.dialog-limited', {
  fails: 'app.limited',
  needs: [weighted(2, notice('limited')), either(button('ok', 'got-it', 'not-now', 'cancel'), card)],
  never: [byClass('EditText')],
  close: control([button('ok', 'got-it', 'not-now', 'cancel')]),
});

export const dialogs: readonly AnyScreen[] = [
  contacts,
  notifications,
  saveLogin,
  offer,
  updateOffer,
  updateRequired,
  accountBlocked,
  limited,
];

/**
 * Camera and microphone, without which the create flow does not open, and the media that is to be posted; in the words of
 * Android 8 to 16. Everything else (contacts, location, calls) is denied by default.
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
