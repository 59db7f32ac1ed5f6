import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import type { Profile } from '../../world.ts';
import { fitText } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { backButton, light, subPage } from './frame.ts';
import { counters, postGrid, tabStrip } from './profile-parts.ts';

type OtherProfile = Extract<Page, { is: 'profile' }>;

const noop = () => {};

/** Somebody else's profile. What the left button says is the only public sign of who follows whom. */
export function drawProfile(stage: Stage, page: OtherProfile, sheet: readonly UiNode[]): UiNode {
  const { world, actor } = stage;
  const profile = world.profile(actor.app, page.username);
  return subPage(stage, [
    titleBar(stage, profile !== undefined && !profile.isSuspended),
    ...(profile && !profile.isSuspended
      ? found(stage, page, profile)
      : missing(stage, profile ? stage.t.profile.suspended : stage.t.profile.notFound)),
    ...sheet,
  ]);
}

function titleBar(stage: Stage, isFound: boolean): UiNode {
  const { board, t } = stage;
  return node('ViewGroup', board.top(0, 136, 1080, 279), {}, [
    backButton(stage, board.top(22, 152, 132, 262), light.ink),
    ...(isFound
      ? [
          node('ImageView', board.top(948, 152, 1058, 262), {
            desc: t.profile.more,
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { symbol: 'share', ink: light.ink },
          }),
        ]
      : []),
  ]);
}

function missing(stage: Stage, text: string): UiNode[] {
  const { board } = stage;
  return [
    node('LinearLayout', board.top(140, 900, 940, 1100), {}, [
      node('ImageView', board.top(480, 900, 600, 1020), { paint: { symbol: 'person', ink: light.dim } }),
      label(board.top(140, 1040, 940, 1100), text, { paint: { ink: light.dim, align: 'center' } }),
    ]),
  ];
}

function found(stage: Stage, page: OtherProfile, profile: Profile): UiNode[] {
  const { board, t, world, actor } = stage;
  const handle = `@${profile.username}`;
  const isHidden =
    profile.isPrivate && !['following', 'friends'].includes(world.relation(actor.app, actor.account, profile.username));
  const area = board.between(0, 1170, 1080, 2337);
  const header = node('LinearLayout', board.top(0, 279, 1080, 1031), { id: stage.id('profile-header') }, [
    node('FrameLayout', board.top(0, 279, 319, 551), { clickable: true, focusable: true, onTap: noop }, [
      node('RelativeLayout', board.top(0, 279, 319, 551), { id: stage.id('profile-avatar') }, [
        node('ImageView', board.top(44, 299, 275, 530), {
          paint: { pictureSeed: `avatar:${profile.username}`, radiusPx: board.px(115) },
        }),
      ]),
    ]),
    button(fitText(board.top(319, 352, 1036, 421), profile.name, board.px(48)), profile.name, noop, {
      paint: { ink: light.ink, bold: true },
    }),
    button(fitText(board.top(319, 421, 900, 477), handle, board.px(40)), handle, noop, {
      id: stage.id('profile-username'),
      paint: { ink: light.dim },
    }),
    ...(profile.isVerified
      ? [
          node('ImageView', board.top(910, 432, 943, 465), {
            desc: t.profile.verified,
            clickable: true,
            focusable: true,
            onTap: noop,
            paint: { symbol: 'check', ink: '#20d5ec' },
          }),
        ]
      : []),
    counters(stage, profile.username, 562),
    ...(profile.bio === ''
      ? []
      : [button(board.top(44, 694, 1036, 760), profile.bio, noop, { longClickable: true, paint: { ink: light.ink } })]),
    actions(stage, profile),
  ]);
  if (isHidden) {
    return [
      header,
      node('LinearLayout', board.top(100, 1250, 980, 1480), {}, [
        label(board.top(100, 1250, 980, 1320), t.profile.isPrivate, {
          paint: { ink: light.ink, align: 'center', bold: true },
        }),
        label(board.top(100, 1340, 980, 1400), t.profile.isPrivateNote, { paint: { ink: light.dim, align: 'center' } }),
      ]),
    ];
  }
  const posts = world.postsBy(actor.app, profile.username);
  return [
    header,
    tabStrip(stage, 1_059, [
      { desc: t.profile.tabVideos, iconDesc: t.profile.posts, isSelected: true, onTap: noop },
      { desc: t.profile.tabReposts, iconDesc: t.profile.tabReposts, isSelected: false, onTap: noop },
    ]),
    posts.length === 0
      ? label(board.top(100, 1400, 980, 1460), t.profile.noPosts, { paint: { ink: light.dim, align: 'center' } })
      : node(
          'androidx.viewpager.widget.ViewPager',
          area,
          { id: stage.id('profile-pager'), scrollable: true, focusable: true },
          [
            postGrid(stage, area, {
              posts,
              scrolledRows: page.scrolledRows,
              onScroll: (scrolledRows) => stage.become({ ...page, scrolledRows }),
            }),
          ],
        ),
  ];
}

/**
 * The row of buttons. Not followed: Follow (or "Follow back") and Message. Followed: Message and what we are to each
 * other. The words are TextViews; the box that takes the tap is four levels up.
 */
function actions(stage: Stage, profile: Profile): UiNode {
  const { board, t, world, actor } = stage;
  const relation = world.relation(actor.app, actor.account, profile.username);
  const follow = () => stage.follow(profile.username);
  const isAsked = stage.release.asksUnfollow && relation !== 'requested';
  const askUnfollow = () =>
    isAsked ? stage.showSheet({ is: 'unfollow', username: profile.username }) : stage.unfollow(profile.username);
  const cell = (left: number, right: number, text: string, isAccent: boolean, onTap: () => void) => {
    const bounds = board.top(left, 932, right, 1031);
    return node('LinearLayout', bounds, { clickable: true, focusable: true, onTap }, [
      node('LinearLayout', bounds, { paint: { fill: isAccent ? light.accent : '#f0f0f0', radiusPx: board.px(12) } }, [
        node('LinearLayout', bounds, { id: stage.id('profile-follow-outer') }, [
          node('LinearLayout', bounds, { id: stage.id('profile-follow-inner') }, [
            label(bounds, text, {
              id: stage.id('profile-follow'),
              paint: { ink: isAccent ? '#ffffff' : light.ink, align: 'center', bold: true },
            }),
          ]),
        ]),
      ]),
    ]);
  };
  const row = board.top(44, 932, 1036, 1031);
  if (relation === 'none') {
    const text = world.isFollowedBy(actor.app, actor.account, profile.username)
      ? t.profile.followBack
      : t.profile.follow;
    return node('LinearLayout', row, {}, [
      cell(44, 535, text, true, follow),
      cell(546, 1036, t.profile.message, false, noop),
    ]);
  }
  const state = { requested: t.profile.requested, following: t.profile.followed, friends: t.profile.friends }[relation];
  return node('LinearLayout', row, {}, [
    cell(44, 535, t.profile.message, true, noop),
    cell(546, 1036, state, false, askUnfollow),
  ]);
}
