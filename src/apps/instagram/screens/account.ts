import { byClass, byDesc, byId, byText, either, type Selector, where } from '../../../phone/selector.ts';
import { control, defineScreen, first, weighted } from '../../../script/screen.ts';
import { clickable, isNear, once, shared } from '../../shapes.ts';
import { usernamePattern } from '../places.ts';
import { startingWith, t } from '../texts.ts';

const addAccount = shared(either(byDesc(t('add-account')), byText(t('add-account'))));
const addButton = where(addAccount, (node) => node.clickable, 'clickable');
const center = shared(either(byDesc(t('accounts-center')), byText(t('accounts-center'))));

/** Rows above "Add account", as wide as it, each named after its account. */
const rows = once('rows of accounts', (hierarchy) => {
  const [add] = addButton.find(hierarchy);
  if (!add) return [];
  return clickable
    .find(hierarchy)
    .filter(
      ({ bounds, desc, text }) =>
        bounds.bottom <= add.bounds.top + 4 &&
        isNear(bounds.left, add.bounds.left, 8) &&
        isNear(bounds.right, add.bounds.right, 8) &&
        nameIn(desc || text) !== undefined,
    );
});

/** The row is named after its account, with what is new there behind a comma. */
export function nameIn(label: string): string | undefined {
  const [name] = label.trim().split(/[,\s]/u);
  return name !== undefined && usernamePattern.test(name) ? name : undefined;
}

const handle = where(
  { name: 'handle of the bottom sheet', find: (hierarchy) => clickable.find(hierarchy) },
  ({ bounds, text }, { width, height }) =>
    text === '' &&
    bounds.left > width * 0.35 &&
    bounds.right < width * 0.65 &&
    bounds.bottom - bounds.top < height * 0.04,
  'in the middle',
);

/** The sheet with the accounts of this phone; nearly without ids. [captures: account-switcher--1] */
export const switcher = defineScreen('instagram.account-switcher', {
  over: ['instagram.profile-own'],
  needs: [weighted(2, addAccount), rows],
  shown: [center],
  enough: 0.4,
  addAccount: control([addButton]),
  accounts: control([rows], { many: true, fields: { username: namesOf() } }),
  close: control([handle], { element: 'dismiss' }),
});

function namesOf(): Selector {
  return where(
    { name: 'name of the account', find: (hierarchy) => hierarchy.nodes.filter(({ text }) => text !== '') },
    ({ text }) => usernamePattern.test(text),
    'like a handle',
  );
}

const fields = shared(byClass('EditText'));
const isField = ({ className }: { className: string }): boolean => className.endsWith('EditText');
const nthField = (index: number): Selector => ({
  name: `text field ${index + 1}`,
  find(hierarchy) {
    const found = fields.find(hierarchy);
    return found.length === 2 ? found.slice(index, index + 1) : [];
  },
});
const loginButton = shared(
  where(either(byDesc(t('log-in')), byText(t('log-in'))), (node) => node.clickable, 'clickable'),
);

/** The first wide button below both fields. */
const firstWideBelowFields: Selector = {
  name: 'wide button below the fields',
  find(hierarchy) {
    const [field] = nthField(1).find(hierarchy);
    if (!field) return [];
    return clickable
      .find(hierarchy)
      .filter(
        ({ bounds, className }) =>
          className.endsWith('Button') &&
          bounds.top >= field.bounds.bottom &&
          bounds.right - bounds.left > hierarchy.width * 0.8,
      )
      .toSorted((a, b) => a.bounds.top - b.bounds.top)
      .slice(0, 1);
  },
};

const forgotten = shared(either(byDesc(t('forgot-password')), byText(t('forgot-password'))));
const register = shared(either(byDesc(t('create-account')), byText(t('create-account'))));
const hiddenField = shared(where(fields, ({ password }) => password, 'for a password'));
const passwordField = where(byDesc(startingWith('password-hint')), isField, 'a field');

/** Nobody is logged in. Two fields alone are many a page: the own profile being edited, too. [captures: login--1] */
export const login = defineScreen('instagram.login', {
  fails: 'app.logged-out',
  needs: [either(loginButton, nthField(1)), either(loginButton, forgotten, register, hiddenField, passwordField)],
  shown: [weighted(2, nthField(0)), loginButton, forgotten, register],
  enough: 0.5,
  usernameInput: control([where(byDesc(startingWith('username-hint')), isField, 'a field'), nthField(0)]),
  passwordInput: control([passwordField, nthField(1)]),
  login: control([loginButton, firstWideBelowFields]),
});

/** Known accounts to choose from, none of them logged in. [notes: 410] */
export const chooseProfile = defineScreen('instagram.login-choose', {
  canonical: 'login',
  fails: 'app.logged-out',
  needs: [
    shared(either(byDesc(t('other-profile')), byText(t('other-profile')))),
    shared(either(byDesc(t('create-account')), byText(t('create-account')), loginButton)),
  ],
});

const suspendedWords = shared(
  either(byText(startingWith('account-suspended')), byDesc(startingWith('account-suspended'))),
);

/** The platform has shut the account: nothing that we do helps. [captures: blocked-account-suspended--1] */
export const accountBlocked = defineScreen('instagram.account-blocked', {
  fails: 'app.suspended',
  needs: [weighted(2, suspendedWords)],
  shown: [either(byDesc(t('appeal', 'log-out')), byText(t('appeal', 'log-out')))],
  appeal: control([where(either(byDesc(t('appeal')), byText(t('appeal'))), (node) => node.clickable, 'clickable')]),
  logOut: control([
    first(where(either(byDesc(t('log-out')), byText(t('log-out'))), (node) => node.clickable, 'clickable')),
  ]),
});

/** Instagram wants to know who is there: a person has to answer. */
export const checkpoint = defineScreen('instagram.account-checkpoint', {
  fails: 'app.checkpoint',
  needs: [weighted(2, either(byText(startingWith('account-checkpoint')), byDesc(startingWith('account-checkpoint'))))],
  never: [shared(byId(['tab_bar', 'row_feed_photo_profile_name', 'profile_tab']))],
});
