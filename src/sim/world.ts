import type { Clock } from '../base/clock.ts';

/** Which app a thing belongs to. Nothing else here knows one app from another. */
export type AppName = 'tiktok' | 'instagram';

export interface Profile {
  app: AppName;
  /** Without the @. */
  username: string;
  /** Display name; may hold emoji, bidi marks and non-breaking spaces. */
  name: string;
  bio: string;
  isPrivate: boolean;
  isVerified: boolean;
  /** The platform has closed it: links lead to a page that says so, the search does not find it. */
  isSuspended: boolean;
  /** Counts from before the simulation; what happens in it comes on top. */
  followers: number;
  following: number;
  likes: number;
}

export interface Post {
  id: string;
  app: AppName;
  author: string;
  url: string;
  at: number;
  caption: string;
  mediaType: 'video' | 'image';
  mediaSha256: readonly string[];
  durationMs: number;
  sound: string | null;
  /** Where it was published when the app offers more than one place, e.g. `story`. */
  placement?: string | null;
  /** Counts from before the simulation. */
  views: number;
  likes: number;
  comments: number;
  favorites: number;
  shares: number;
  /** Paid for: the feed shows it with a label and a button to a shop. */
  isAd?: boolean;
  /** The author lets nobody comment. */
  commentsOff?: boolean;
}

/** Something for sale that an account may show under its videos. */
export interface Product {
  id: string;
  title: string;
  /** As it is written beside it. */
  price: string;
}

export interface Comment {
  id: string;
  post: string;
  author: string;
  text: string;
  at: number;
  likes: number;
  imageSha256: string | null;
}

/** An account acting on a phone: whose list of actions a deed goes to. */
export interface Actor {
  serial: string;
  app: AppName;
  account: string;
}

/** `friends`: both follow each other. */
export type Relation = 'none' | 'requested' | 'following' | 'friends';

export interface PublishInput {
  caption: string;
  mediaType: 'video' | 'image';
  mediaSha256: readonly string[];
  durationMs: number;
  sound: string | null;
  soundId: string | null;
  /** 0–100; null where no sound was added, so that there was nothing to balance. */
  originSoundVolume: number | null;
  addSoundVolume: number | null;
  /** Where it went when the app offers more than one place, e.g. `story`. */
  placement: string | null;
  productLink: string | null;
  aiLabel: boolean;
  url: (author: string, id: string) => string;
}

interface Deed {
  at: string;
  account: string;
  app: AppName;
}

/** What truly happened on one phone, in the spelling of the control routes. */
export interface Actions {
  posts: (Deed & {
    caption: string;
    media_sha256: string[];
    media_type: 'video' | 'image';
    sound: string | null;
    sound_id: string | null;
    origin_sound_volume: number | null;
    add_sound_volume: number | null;
    placement: string | null;
    product_link: string | null;
    ai_label: boolean;
  })[];
  follows: (Deed & { target: string })[];
  unfollows: (Deed & { target: string })[];
  comments: (Deed & { url: string; text: string; image_sha256: string | null })[];
  likes: (Deed & { url: string })[];
  favorites: (Deed & { url: string })[];
}

const noActions = (): Actions => ({ posts: [], follows: [], unfollows: [], comments: [], likes: [], favorites: [] });

/** Names are compared as the platforms do: without case, with or without @. */
const keyOf = (app: AppName, username: string): string => `${app}:${username.replace(/^@/, '').toLowerCase()}`;

/**
 * The platforms behind the apps: one world for all phones of a simulation. Its lists of actions are the truth that tests
 * compare the product's claims with, so only a deed that took effect is written here: a video whose upload finished, a
 * follow that was not already there.
 */
export class World {
  readonly #clock: Clock;
  readonly #profiles = new Map<string, Profile>();
  readonly #posts = new Map<string, Post>();
  readonly #comments = new Map<string, Comment[]>();
  readonly #follows = new Map<string, Map<string, 'following' | 'requested'>>();
  readonly #likes = new Map<string, Set<string>>();
  readonly #favorites = new Map<string, Set<string>>();
  readonly #actions = new Map<string, Actions>();
  readonly #owners = new Map<string, string>();
  readonly #showcases = new Map<string, Product[]>();
  #lastId = 0;
  #version = 0;

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock;
  }

  /** Rises with every change, so that a screen knows when to draw anew. */
  get version(): number {
    return this.#version;
  }

  // ---- who there is

  addProfile(profile: Pick<Profile, 'app' | 'username'> & Partial<Profile>): Profile {
    const full: Profile = {
      name: profile.username,
      bio: '',
      isPrivate: false,
      isVerified: false,
      isSuspended: false,
      followers: 0,
      following: 0,
      likes: 0,
      ...profile,
    };
    this.#profiles.set(keyOf(full.app, full.username), full);
    this.#version++;
    return full;
  }

  /** Signs an account in on a phone. Its profile is made when there is none yet. */
  addAccount({ serial, app, account }: Actor): Profile {
    const profile = this.profile(app, account) ?? this.addProfile({ app, username: account });
    this.#owners.set(keyOf(app, account), serial);
    return profile;
  }

  /** The operator's accounts on one phone, in the order in which they were added. */
  accountsOn(serial: string, app: AppName): Profile[] {
    return [...this.#owners]
      .filter(([key, owner]) => owner === serial && key.startsWith(`${app}:`))
      .map(([key]) => this.#profiles.get(key))
      .filter((profile) => profile !== undefined);
  }

  profile(app: AppName, username: string): Profile | undefined {
    return this.#profiles.get(keyOf(app, username));
  }

  profiles(app: AppName): Profile[] {
    return [...this.#profiles.values()].filter((profile) => profile.app === app);
  }

  /** Users whose name or display name holds the words; exact names first. */
  searchProfiles(app: AppName, words: string): Profile[] {
    const wanted = words.trim().replace(/^@/, '').toLowerCase();
    if (wanted === '') return [];
    const rank = (profile: Profile): number => {
      const username = profile.username.toLowerCase();
      if (username === wanted) return 0;
      if (username.startsWith(wanted)) return 1;
      return username.includes(wanted) || profile.name.toLowerCase().includes(wanted) ? 2 : 3;
    };
    return this.profiles(app)
      .filter((profile) => !profile.isSuspended && rank(profile) < 3)
      .sort((a, b) => rank(a) - rank(b) || b.followers - a.followers);
  }

  /** Counts as of now: those from before plus what happened since. */
  counts(app: AppName, username: string): { followers: number; following: number; likes: number; posts: number } {
    const key = keyOf(app, username);
    const profile = this.#profiles.get(key);
    const posts = this.postsBy(app, username);
    let followers = profile?.followers ?? 0;
    for (const edges of this.#follows.values()) if (edges.get(key) === 'following') followers++;
    const followed = [...(this.#follows.get(key)?.values() ?? [])].filter((edge) => edge === 'following').length;
    const likes = posts.reduce((sum, post) => sum + this.likesOf(post) - post.likes, 0);
    return {
      followers,
      following: (profile?.following ?? 0) + followed,
      likes: (profile?.likes ?? 0) + likes,
      posts: posts.length,
    };
  }

  // ---- what was published

  addPost(post: Omit<Post, 'id' | 'url'> & { url: (author: string, id: string) => string }): Post {
    const id = this.#makeId(post.at);
    const full: Post = { ...post, id, url: post.url(post.author, id) };
    this.#posts.set(id, full);
    this.#version++;
    return full;
  }

  /** The upload is through and the platform shows the post to everybody. */
  publish(actor: Actor, input: PublishInput): Post {
    const post = this.addPost({
      app: actor.app,
      author: actor.account,
      at: this.#clock.now(),
      caption: input.caption,
      mediaType: input.mediaType,
      mediaSha256: [...input.mediaSha256],
      durationMs: input.durationMs,
      sound: input.sound,
      placement: input.placement,
      views: 0,
      likes: 0,
      comments: 0,
      favorites: 0,
      shares: 0,
      url: input.url,
    });
    this.#of(actor).posts.push({
      ...this.#deed(actor),
      caption: input.caption,
      media_sha256: [...input.mediaSha256],
      media_type: input.mediaType,
      sound: input.sound,
      sound_id: input.soundId,
      origin_sound_volume: input.originSoundVolume,
      add_sound_volume: input.addSoundVolume,
      placement: input.placement,
      product_link: input.productLink,
      ai_label: input.aiLabel,
    });
    return post;
  }

  post(id: string): Post | undefined {
    return this.#posts.get(id);
  }

  posts(app: AppName): Post[] {
    return [...this.#posts.values()].filter((post) => post.app === app);
  }

  /** Newest first. */
  postsBy(app: AppName, username: string): Post[] {
    const key = keyOf(app, username);
    return this.posts(app)
      .filter((post) => keyOf(app, post.author) === key)
      .sort((a, b) => b.at - a.at || (BigInt(b.id) > BigInt(a.id) ? 1 : -1));
  }

  /** Posts whose words, tags or author hold them, those with the most views first. Paid ones are not searched. */
  searchPosts(app: AppName, words: string): Post[] {
    const wanted = words.trim().replace(/^#/, '').toLowerCase();
    if (wanted === '') return [];
    return this.posts(app)
      .filter((post) => {
        const author = this.profile(app, post.author);
        if (post.isAd || !author || author.isPrivate || author.isSuspended) return false;
        return [post.caption, post.author, author.name].some((text) => text.toLowerCase().includes(wanted));
      })
      .sort((a, b) => b.views - a.views);
  }

  // ---- what is for sale

  /** In the order in which they were added; empty for who sells nothing. */
  showcase(app: AppName, account: string): readonly Product[] {
    return this.#showcases.get(keyOf(app, account)) ?? [];
  }

  setShowcase(app: AppName, account: string, products: readonly Product[]): void {
    this.#showcases.set(keyOf(app, account), [...products]);
    this.#version++;
  }

  // ---- follow

  relation(app: AppName, account: string, target: string): Relation {
    const edge = this.#follows.get(keyOf(app, account))?.get(keyOf(app, target));
    if (edge !== 'following') return edge ?? 'none';
    return this.#follows.get(keyOf(app, target))?.get(keyOf(app, account)) === 'following' ? 'friends' : 'following';
  }

  /** True when `account` is followed by `other`: the button says "Follow back". */
  isFollowedBy(app: AppName, account: string, other: string): boolean {
    return this.#follows.get(keyOf(app, other))?.get(keyOf(app, account)) === 'following';
  }

  /** An edge from before the simulation: no action of a phone. */
  addFollow(app: AppName, account: string, target: string): void {
    this.#edges(keyOf(app, account)).set(keyOf(app, target), 'following');
    this.#version++;
  }

  /** Following somebody twice changes nothing and is no second action. A private profile gets a request. */
  follow(actor: Actor, target: string): Relation {
    const profile = this.profile(actor.app, target);
    const before = this.relation(actor.app, actor.account, target);
    if (!profile || before !== 'none') return before;
    const edge = profile.isPrivate ? 'requested' : 'following';
    this.#edges(keyOf(actor.app, actor.account)).set(keyOf(actor.app, target), edge);
    this.#of(actor).follows.push({ ...this.#deed(actor), target: profile.username });
    return this.relation(actor.app, actor.account, target);
  }

  unfollow(actor: Actor, target: string): Relation {
    const profile = this.profile(actor.app, target);
    if (!profile || this.relation(actor.app, actor.account, target) === 'none') return 'none';
    this.#edges(keyOf(actor.app, actor.account)).delete(keyOf(actor.app, target));
    this.#of(actor).unfollows.push({ ...this.#deed(actor), target: profile.username });
    return 'none';
  }

  // ---- comment, like, favorite

  /** Newest first. */
  commentsOn(postId: string): readonly Comment[] {
    return this.#comments.get(postId) ?? [];
  }

  commentCount(post: Post): number {
    return Math.max(post.comments, this.commentsOn(post.id).length);
  }

  /** A comment from before the simulation: no action of a phone. */
  addComment(comment: Omit<Comment, 'id' | 'imageSha256'> & { imageSha256?: string | null }): Comment {
    const full: Comment = { imageSha256: null, ...comment, id: this.#makeId(comment.at) };
    this.#comments.set(
      comment.post,
      [full, ...this.commentsOn(comment.post)].sort((a, b) => b.at - a.at),
    );
    this.#version++;
    return full;
  }

  comment(actor: Actor, postId: string, text: string, imageSha256: string | null = null): Comment | undefined {
    const post = this.#posts.get(postId);
    if (!post || post.commentsOff) return undefined;
    post.comments++;
    const at = this.#clock.now();
    const comment = this.addComment({ post: postId, author: actor.account, text, at, likes: 0, imageSha256 });
    this.#of(actor).comments.push({ ...this.#deed(actor), url: post.url, text, image_sha256: imageSha256 });
    return comment;
  }

  likesOf(post: Post): number {
    return post.likes + (this.#likes.get(post.id)?.size ?? 0);
  }

  isLiked(app: AppName, account: string, postId: string): boolean {
    return this.#likes.get(postId)?.has(keyOf(app, account)) ?? false;
  }

  like(actor: Actor, postId: string): void {
    const post = this.#mark(this.#likes, actor, postId);
    if (post) this.#of(actor).likes.push({ ...this.#deed(actor), url: post.url });
  }

  /** Takes a like back. The action stays in the list: it did happen. */
  unlike(actor: Actor, postId: string): void {
    this.#likes.get(postId)?.delete(keyOf(actor.app, actor.account));
    this.#version++;
  }

  favoritesOf(post: Post): number {
    return post.favorites + (this.#favorites.get(post.id)?.size ?? 0);
  }

  isFavorite(app: AppName, account: string, postId: string): boolean {
    return this.#favorites.get(postId)?.has(keyOf(app, account)) ?? false;
  }

  favorite(actor: Actor, postId: string): void {
    const post = this.#mark(this.#favorites, actor, postId);
    if (post) this.#of(actor).favorites.push({ ...this.#deed(actor), url: post.url });
  }

  /** Takes a favourite back. The action stays in the list: it did happen. */
  unfavorite(actor: Actor, postId: string): void {
    this.#favorites.get(postId)?.delete(keyOf(actor.app, actor.account));
    this.#version++;
  }

  // ---- the truth

  /** A copy, in the order in which things happened. */
  actions(serial: string): Actions {
    return structuredClone(this.#actions.get(serial) ?? noActions());
  }

  #of({ serial }: Actor): Actions {
    const list = this.#actions.get(serial) ?? noActions();
    this.#actions.set(serial, list);
    this.#version++;
    return list;
  }

  #deed({ account, app }: Actor): Deed {
    return { at: new Date(this.#clock.now()).toISOString(), account, app };
  }

  #edges(key: string): Map<string, 'following' | 'requested'> {
    const edges = this.#follows.get(key) ?? new Map<string, 'following' | 'requested'>();
    this.#follows.set(key, edges);
    return edges;
  }

  /** The post, when it exists and did not carry the mark yet. */
  #mark(marks: Map<string, Set<string>>, actor: Actor, postId: string): Post | undefined {
    const post = this.#posts.get(postId);
    const set = marks.get(postId) ?? new Set<string>();
    const key = keyOf(actor.app, actor.account);
    if (!post || set.has(key)) return undefined;
    marks.set(postId, set.add(key));
    return post;
  }

  /** 19 digits whose order is that of time, as both platforms number their posts. */
  #makeId(at: number): string {
    this.#lastId++;
    return ((BigInt(Math.floor(at / 1_000)) << 32n) | BigInt(this.#lastId)).toString();
  }
}
