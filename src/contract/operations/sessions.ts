import { Type } from 'typebox';
import { defineOperation } from '../operation.ts';
import { Login, Session } from '../session.ts';

const tag = 'Tokens';

export const logIn = defineOperation({
  id: 'logIn',
  method: 'POST',
  path: '/session',
  tag,
  scope: 'read',
  summary: 'Log a browser in',
  description:
    'For the console where tokens are needed: by the code of a link that `drover login` prints, or by a token. The answer sets a cookie that scripts cannot read and other sites cannot use.',
  body: Login,
  data: Session,
  examples: [{ name: 'by a link', body: { code: 'drover_login_0000000000000000000000000000000000000000000' } }],
});

export const showSession = defineOperation({
  id: 'showSession',
  method: 'GET',
  path: '/session',
  tag,
  scope: 'read',
  summary: 'Ask who one is logged in as',
  data: Session,
});

export const logOut = defineOperation({
  id: 'logOut',
  method: 'DELETE',
  path: '/session',
  tag,
  scope: 'read',
  summary: 'Log this browser out',
  data: Type.Object({ logged_out: Type.Boolean() }),
});
