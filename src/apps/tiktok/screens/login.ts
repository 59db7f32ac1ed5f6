import { byDesc, byText, either } from '../../../phone/selector.ts';
import { control, defineScreen } from '../../../script/screen.ts';
import type { TextKey } from '../texts/en.ts';
import { startingWith, t } from '../texts.ts';

const labelled = (...keys: readonly TextKey[]) => either(byText(t(...keys)), byDesc(t(...keys)));

/** The form to log in, or the page that offers to sign up: nobody is logged in. [notes: public automations] */
export const login = defineScreen('tiktok.login', {
  fails: 'app.logged-out',
  shown: [
    labelled('log-in'),
    labelled('sign-up'),
    labelled('use-phone-or-email'),
    labelled('email-or-username', 'phone-number', 'password'),
    byText(startingWith('log-in-to-app')),
  ],
  enough: 0.35,
  logIn: control([labelled('log-in')], { many: true }),
});
