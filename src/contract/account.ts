import { type Static, Type } from 'typebox';
import { isoTime, listOf, nullable, pageQuery } from './page.ts';
import { platforms } from './script-names.ts';

export const logins = ['not_logged_in', 'logged_in'] as const;
export const accountStatuses = ['enabled', 'disabled'] as const;

/** What the public actions of an account rely on. */
export const ownershipBases = ['account', 'device', 'virtual', 'none'] as const;
export type OwnershipBasis = (typeof ownershipBases)[number];

const zeroOrOne = (description: string) => Type.Integer({ minimum: 0, maximum: 1, description });

/** An account as clients see it: the documented fields, then ours. There is no password anywhere. */
export const Account = Type.Object({
  id: Type.Integer(),
  username: nullable(Type.String({ description: 'Lower case, without the leading @' })),
  email: nullable(Type.String()),
  platform: Type.Enum([...platforms]),
  packagename: nullable(Type.String({ description: "Clone package; null: the platform's own app" })),
  device: nullable(Type.String({ description: 'Serial of the phone it lives on' })),
  device_online: Type.Boolean({ description: 'adb lists that phone as connected' }),
  device_name: Type.String({ description: 'Its model; empty when it is offline' }),
  logined: zeroOrOne('1: it was seen logged in on its phone'),
  logined_text: Type.Enum([...logins]),
  status: zeroOrOne('0 enabled, 1 disabled'),
  status_text: Type.Enum([...accountStatuses]),
  tags: Type.Array(Type.String()),
  owned: Type.Boolean({ description: 'Somebody has stated that this account is theirs' }),
  owned_by: nullable(Type.String({ description: 'Who made that statement' })),
  owned_at: nullable(isoTime('When')),
  ownership: Type.Enum([...ownershipBases], {
    description:
      'What lets it act in public: the statement for the account, the one for its phone, or that the phone is simulated; none: its public actions wait',
  }),
  paused_until: nullable(isoTime('It does nothing until then')),
  created_at: isoTime('When it was added'),
});
export type Account = Static<typeof Account>;

const Tags = Type.Array(Type.String({ maxLength: 40 }), {
  maxItems: 50,
  description: 'Without commas, semicolons and line breaks',
});

const fields = {
  device: Type.Optional(nullable(Type.String({ maxLength: 128, description: 'Serial of its phone, known or not' }))),
  packagename: Type.Optional(
    nullable(Type.String({ maxLength: 200, description: 'Package of a cloned app; null or empty: the usual app' })),
  ),
  email: Type.Optional(nullable(Type.String({ maxLength: 254 }))),
  tags: Type.Optional(Tags),
  owned: Type.Optional(
    Type.Boolean({ description: 'true: your statement that the account is yours; false takes it back' }),
  ),
  status: Type.Optional(zeroOrOne('0 enabled, 1 disabled: it takes part in nothing')),
};

const Username = Type.String({
  maxLength: 64,
  description: 'With or without @; letters, digits, dots and underscores, in any case',
});

/** Body of `POST /accounts`. */
export const NewAccount = Type.Object({
  platform: Type.Optional(Type.Enum([...platforms], { default: 'tiktok' })),
  username: Username,
  ...fields,
});
export type NewAccount = Static<typeof NewAccount>;

/** Body of `PATCH /accounts/{account_id}`: what is left out stays as it is. */
export const AccountChange = Type.Object({ username: Type.Optional(Username), ...fields });
export type AccountChange = Static<typeof AccountChange>;

export const AccountList = listOf('accounts', Account);
export type AccountList = Static<typeof AccountList>;

/** Query of `GET /accounts`; the last filter is ours. */
export const ListAccountsQuery = Type.Object({
  platform: Type.Optional(Type.Enum([...platforms])),
  device: Type.Optional(Type.String({ description: 'Serial of a phone' })),
  logined: Type.Optional(zeroOrOne('0 not logged in, 1 logged in')),
  status: Type.Optional(zeroOrOne('0 enabled, 1 disabled')),
  tag: Type.Optional(Type.String({ description: 'Exactly this tag' })),
  username: Type.Optional(Type.String({ description: 'With or without @, in any case' })),
  ...pageQuery,
});
export type ListAccountsQuery = Static<typeof ListAccountsQuery>;

export const DeletedAccount = Type.Object({ account_id: Type.Integer() });
