import type { UiNode } from '../../parts.ts';
import { button, label, node, textField } from '../../screen.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light, subPage } from './frame.ts';

type LoginPage = Extract<Page, { is: 'login' }>;

/** What is left of the app when it has lost its account. Scripts are to stop here; nobody types a password for them. */
export function drawLogin(stage: Stage, page: LoginPage): UiNode {
  return subPage(stage, page.form === 'choice' ? choice(stage, page) : form(stage, page));
}

function choice(stage: Stage, page: LoginPage): UiNode[] {
  const { board, t } = stage;
  return [
    label(board.top(100, 520, 980, 610), t.login.title, {
      id: stage.stableId('title'),
      paint: { ink: light.ink, align: 'center', bold: true },
    }),
    node(
      'Button',
      board.top(84, 760, 996, 886),
      {
        desc: t.login.usePhoneOrEmail,
        clickable: true,
        focusable: true,
        onTap: () => stage.become({ ...page, form: 'password' }),
        paint: { fill: '#f0f0f0', radiusPx: board.px(12) },
      },
      [label(board.top(160, 790, 980, 856), t.login.usePhoneOrEmail, { paint: { ink: light.ink, align: 'center' } })],
    ),
    button(board.bottom(84, 2150, 540, 2270), t.login.logIn, () => stage.become({ ...page, form: 'password' }), {
      desc: t.login.logIn,
      paint: { ink: light.ink, align: 'center' },
    }),
    button(board.bottom(560, 2150, 996, 2270), t.login.signUp, () => {}, {
      desc: t.login.signUp,
      paint: { ink: light.accent, align: 'center', bold: true },
    }),
  ];
}

function form(stage: Stage, page: LoginPage): UiNode[] {
  const { board, t } = stage;
  return [
    label(board.top(100, 300, 980, 380), t.login.logIn, { paint: { ink: light.ink, bold: true } }),
    textField(board.top(84, 480, 996, 600), {
      text: page.name,
      hint: t.login.emailOrUsername,
      desc: t.login.emailOrUsername,
      id: stage.id('login-name'),
      onText: (name) => stage.become({ ...page, name }),
    }),
    textField(board.top(84, 640, 996, 760), {
      text: page.password,
      hint: t.login.password,
      desc: t.login.password,
      id: stage.id('login-password'),
      password: true,
      onText: (password) => stage.become({ ...page, password }),
    }),
    button(board.top(84, 780, 500, 850), t.login.forgot, () => {}, { paint: { ink: light.dim } }),
    button(board.top(84, 900, 996, 1026), t.login.logIn, () => stage.signIn(), {
      desc: t.login.logIn,
      paint: { fill: light.accent, ink: '#ffffff', align: 'center', radiusPx: board.px(12) },
    }),
  ];
}
