/** What Loops writes on its buttons and labels in English; the usual spelling first. */
export const en = {
  'tab-home': ['Home'],
  'tab-for-you': ['For you'],
  'tab-inbox': ['Inbox'],
  followers: ['Followers'],
  more: ['More'],
  follow: ['Follow'],
  following: ['Following'],
  'no-such-user': ['No such user'],
  'log-in': ['Log in'],
  'sign-up': ['Sign up'],
  'survey-question': ['How was this?'],
  'not-now': ['Not now'],
} as const;

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, readonly string[]>>;
