/** Every word the app says itself. What users wrote comes from the world. */
export interface Texts {
  locale: 'en' | 'fr';
  nav: { home: string; friends: string; create: string; inbox: string; profile: string };
  topTabs: { explore: string; local: string; following: string; shop: string; forYou: string };
  search: string;
  live: string;
  watchLive: string;
  ad: string;
  learnMore: string;
  share: { title: string; copyLink: string; report: string };
  close: string;
  back: string;
  notNow: string;
  cancel: string;
  retry: string;
  ok: string;
  loading: string;

  video: {
    label: string;
    profileOf(name: string): string;
    followName(name: string): string;
    like: string;
    likeWithCount(count: string): string;
    likedWithCount(count: string): string;
    comments(count: string): string;
    favorite: string;
    share(count: string): string;
    sound(title: string, author: string): string;
    seeMore: string;
    unavailable: string;
  };
  survey: { question: string; yes: string; no: string; adultsOnly: string };

  camera: {
    addSound: string;
    music: string;
    record: string;
    flip: string;
    flash: string;
    timer: string;
    layout: string;
    ratio: string;
    retouch: string;
    more: string;
    post: string;
    create: string;
    photo: string;
    text: string;
    needsAccess: string;
    openSettings: string;
  };
  gallery: {
    recents: string;
    all: string;
    videos: string;
    photos: string;
    aiGallery: string;
    text: string;
    selectMultiple: string;
    next: string;
    nextCount(count: number): string;
    useLayout: string;
    autoCut: string;
    empty: string;
    needsAccess: string;
  };
  editor: {
    yourStory: string;
    next: string;
    settings: string;
    share: string;
    edit: string;
    templates: string;
    videoTemplates: string;
    text: string;
    stickers: string;
    effects: string;
    filters: string;
    voice: string;
    removeSound: string;
    cannotLoad: string;
  };
  post: {
    post: string;
    drafts: string;
    descriptionHint: string;
    longDescriptionHint: string;
    titleHint: string;
    cover: string;
    editCover: string;
    everyone: string;
    moreOptions: string;
    moreOptionsNote: string;
    location: string;
    moreInfo: string;
    addLink: string;
    shareTo: string;
    hashtags: string;
    mention: string;
    ideas: string;
    collapse: string;
    confirmTitle: string;
    confirmText: string;
    confirm: string;
  };
  sounds: {
    use: string;
    useThis: string;
    videos(count: string): string;
    favorite: string;
    missing: string;
    recommended: string;
    favorites: string;
    volume: string;
    original: string;
    added: string;
    done: string;
  };
  options: { aiContent: string; aiNote: string; comments: string };
  products: { product: string; title: string; showcase: string; add: string; name: string; none: string };
  upload: { failed: string; savedToDrafts: string; uploading: string };

  profile: {
    menu: string;
    photo: string;
    createStory: string;
    addFriends: string;
    share: string;
    editProfile: string;
    edit: string;
    following: string;
    followers: string;
    likes: string;
    tabVideos: string;
    tabPrivate: string;
    tabFavorites: string;
    tabLiked: string;
    tabReposts: string;
    posts: string;
    follow: string;
    followBack: string;
    followed: string;
    friends: string;
    requested: string;
    message: string;
    more: string;
    unfollow: string;
    isPrivate: string;
    isPrivateNote: string;
    notFound: string;
    suspended: string;
    noPosts: string;
    drafts(count: number): string;
    verified: string;
  };
  comments: {
    title(count: string): string;
    hint: string;
    send: string;
    reply: string;
    like: string;
    dislike: string;
    photo: string;
    removePhoto: string;
    off: string;
    stickers: string;
    mention: string;
    sort: string;
    thumbsUp: string;
    empty: string;
  };
  results: {
    top: string;
    users: string;
    videos: string;
    shop: string;
    photos: string;
    clear: string;
    stats(followers: string, videos: string): string;
    none(words: string): string;
  };
  switcher: { sheet: string; title: string; add: string; checkmark: string; saveLogin: string; save: string };
  inbox: { title: string; activity: string; newFollowers: string; system: string };
  friends: { title: string; empty: string; find: string };
  login: {
    title: string;
    logIn: string;
    signUp: string;
    emailOrUsername: string;
    phone: string;
    password: string;
    usePhoneOrEmail: string;
    forgot: string;
  };
  dialogs: {
    dialog: string;
    contacts: string;
    dontAllow: string;
    openSettings: string;
    notifications: string;
    turnOn: string;
    blockedTitle: string;
    blocked: string;
    tooFastTitle: string;
    tooFast: string;
    updateTitle: string;
    update: string;
    updateNow: string;
  };

  /** 940, 4,926, 169.2K, 2.3M; 3,8 M in French. */
  count(value: number): string;
  /** How long ago, as beside an author's name: `2s ago`. */
  ago(ms: number): string;
  /** The short form in the comments: `3d`. */
  age(ms: number): string;
}
