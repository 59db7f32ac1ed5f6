/** The scripts of the documented API, spelled as it spells them. */
export const scriptNames = ['post', 'follow', 'unfollow', 'account_warmup', 'comment'] as const;
export type ScriptName = (typeof scriptNames)[number];

export const isScriptName = (text: string): text is ScriptName => (scriptNames as readonly string[]).includes(text);

export const platforms = ['tiktok', 'instagram'] as const;
export type Platform = (typeof platforms)[number];

/** Default app of a platform; an account's clone package overrides it. */
export const platformPackages: Readonly<Record<Platform, string>> = {
  tiktok: 'com.zhiliaoapp.musically',
  instagram: 'com.instagram.android',
};
