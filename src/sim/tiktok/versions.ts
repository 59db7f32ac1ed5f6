import { seededRandom } from '../../base/random.ts';

/** Controls whose content-desc is a resource that some builds fail to resolve: the tree then says `@2131…`. */
export type LooseDesc =
  | 'back'
  | 'camera-close'
  | 'record'
  | 'sound-remove'
  | 'cover'
  | 'comment-like'
  | 'comment-dislike'
  | 'comment-photo'
  | 'comment-send';

/** What differs between releases beside the ids. */
export interface Release {
  /** The number such a desc shows as, or undefined where this build resolves it. */
  unresolved(desc: LooseDesc): string | undefined;
  /** The button beside the name on the own profile. */
  editLabel: 'edit-profile' | 'none' | 'edit';
  /** Where the app lands after "Post". */
  afterPost: 'feed' | 'friends';
  /** What the like button says once it was tapped: `Video liked. …`, or, confusingly, only `Like`. `selected` tells. */
  likedLabel: 'counted' | 'bare';
  /** The row "Add link" on the post screen of everybody; who sells something has it in every release. */
  hasAddLink: boolean;
  /** "More options" tells in a second line, which is part of its description, what was moved there. */
  hasMoreOptionsNote: boolean;
  hasAiGallery: boolean;
  /** What the button of a sound's page says. */
  useSoundLabel: 'use' | 'useThis';
  /** Whether ending to follow somebody is asked once more, in a sheet; a request is always taken back at once. */
  asksUnfollow: boolean;
  hasLiveMode: boolean;
  templatesLabel: 'Video templates' | 'Templates';
}

/** Numbers seen in captures; they say nothing across builds. */
const seen: Readonly<Record<string, Partial<Record<LooseDesc, number>>>> = {
  '43.1.4': {
    back: 2131888269,
    'camera-close': 2131888272,
    record: 2131888184,
    'sound-remove': 2131888108,
    'comment-like': 2131888141,
    'comment-dislike': 2131888139,
    'comment-photo': 2131888096,
    'comment-send': 2131888260,
  },
  '45.7.3': { back: 2131823215, cover: 2131823052 },
  '46.0.41': { back: 2131823350, cover: 2131823187 },
  '46.4.3': {
    back: 2131823418,
    'camera-close': 2131823421,
    record: 2131823333,
    'sound-remove': 2131823256,
    cover: 2131823255,
    'comment-send': 2131823293,
  },
};

export function releaseOf(version: string): Release {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isBefore = (thanMajor: number, thanMinor: number) =>
    major < thanMajor || (major === thanMajor && minor < thanMinor);
  return {
    unresolved(desc) {
      if (isBefore(43, 0)) return undefined;
      const number = seen[version]?.[desc] ?? 2_131_820_000 + seededRandom(`desc:${version}:${desc}`).int(0, 9_999);
      return `@${number}`;
    },
    editLabel: isBefore(43, 0) ? 'edit-profile' : isBefore(45, 0) ? 'none' : 'edit',
    afterPost: isBefore(46, 0) ? 'feed' : 'friends',
    likedLabel: isBefore(46, 0) ? 'counted' : 'bare',
    hasAddLink: isBefore(46, 1),
    hasMoreOptionsNote: isBefore(45, 0),
    hasAiGallery: !isBefore(46, 0),
    useSoundLabel: isBefore(45, 0) ? 'useThis' : 'use',
    asksUnfollow: !isBefore(45, 0),
    hasLiveMode: !isBefore(45, 0),
    templatesLabel: isBefore(46, 0) ? 'Video templates' : 'Templates',
  };
}
