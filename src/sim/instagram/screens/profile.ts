import type { Rect, UiNode } from '../../parts.ts';
import { columns, image, inset, label, node } from '../../screen.ts';
import type { Profile } from '../../world.ts';
import { dps } from '../board.ts';
import type { Page } from '../page.ts';
import type { Stage } from '../stage.ts';
import { actionBar, centerOf, light, noop, pageArea, tabFrame } from './frame.ts';
import type { Item } from './list.ts';
import { emptyState, gridItems, gridPosts, headerButton, headerRow, profileBody } from './profile-parts.ts';

type OtherProfile = Extract<Page, { is: 'profile' }>;

/** Somebody else's profile. What the first button says is the only public sign of who follows whom. */
export function drawProfile(stage: Stage, page: OtherProfile, sheet: readonly UiNode[]): UiNode {
  const found = stage.world.profile('instagram', page.username);
  // what was closed cannot be told from what never was
  const profile = found?.isSuspended ? undefined : found;
  const frame = pageArea(stage);
  const area = { ...frame, top: frame.top + stage.board.dp(dps.actionBar) };
  if (page.isLoading || !profile) {
    const bar = actionBar(stage, { title: page.username });
    const content = page.isLoading ? spinner(stage, area) : missing(stage, area);
    return tabFrame(stage, [content, bar], { sheet });
  }
  const relation = stage.world.relation('instagram', stage.actor.account, profile.username);
  const isHidden = profile.isPrivate && relation !== 'following' && relation !== 'friends';
  const posts = isHidden ? [] : gridPosts(stage, profile.username, page.tab);
  const { t } = stage;
  const { nodes, isHeaderGone } = profileBody(stage, {
    area,
    header: [headerRow(stage, profile, { isOwn: false }), actions(stage, profile)],
    tabs: isHidden
      ? undefined
      : {
          all: [
            { tab: 'grid', desc: t.profile.grid },
            { tab: 'reels', desc: t.profile.reels },
            { tab: 'tagged', desc: t.profile.tagged },
          ],
          open: page.tab,
          onTab: (tab) => stage.become({ ...page, tab, offset: 0 }),
        },
    items: gridItems(stage, posts, profile.name),
    empty: (box) =>
      isHidden
        ? emptyState(stage, box, {
            id: 'private_profile_empty_state',
            title: t.profile.isPrivate,
            text: t.profile.isPrivateNote,
          })
        : emptyState(stage, box, { id: 'empty_state_view', title: t.profile.noPosts, text: '' }),
    offset: page.offset,
    onScroll: (offset) => stage.become({ ...page, offset }),
  });
  return tabFrame(
    stage,
    [
      node('FrameLayout', area, {}, [
        node('ViewGroup', area, { id: stage.id('coordinator_root_layout') }, [node('FrameLayout', area), ...nodes]),
      ]),
      titleBar(stage, profile, { hasFollow: isHeaderGone && relation === 'none' }),
    ],
    { sheet },
  );
}

/** Once the header is gone, its Follow moves into the bar. */
function titleBar(stage: Stage, profile: Profile, { hasFollow }: { hasFollow: boolean }): UiNode {
  const { board, t } = stage;
  const { dp } = board;
  const bar = { ...board.area, bottom: board.area.top + dp(dps.actionBar) };
  const menu = { ...bar, left: board.width - dp(56), right: board.width - dp(8) };
  const followBox = { ...inset(bar, 0, dp(8)), left: menu.left - dp(92), right: menu.left };
  return actionBar(stage, {
    title: profile.username,
    right: [
      ...(hasFollow
        ? [
            node(
              'Button',
              followBox,
              {
                id: stage.id('follow_button'),
                clickable: true,
                focusable: true,
                selected: true,
                onTap: () => stage.follow(profile.username),
              },
              [
                label(inset(followBox, dp(8), dp(8)), t.profile.follow, {
                  id: stage.id('action_bar_overflow_text'),
                  selected: true,
                  paint: { fill: light.accent, ink: '#ffffff', align: 'center', textPx: dp(14), radiusPx: dp(8) },
                }),
              ],
            ),
          ]
        : []),
      node('Button', menu, { clickable: true, focusable: true, onTap: noop }, [
        node('FrameLayout', centerOf(menu, dp(24)), { desc: t.options }, [
          image(centerOf(menu, dp(24)), {
            id: stage.id('action_bar_overflow_icon'),
            paint: { symbol: 'menu', ink: light.ink },
          }),
        ]),
      ]),
    ],
  });
}

function spinner(stage: Stage, area: Rect): UiNode {
  return node('FrameLayout', area, {}, [node('ProgressBar', centerOf(area, stage.board.dp(32)))]);
}

function missing(stage: Stage, area: Rect): UiNode {
  const { title, text } = stage.t.missing;
  return emptyState(stage, area, { id: 'empty_state_view', title, text });
}

/** Follow, or what has become of it, and the buttons beside it. */
function actions(stage: Stage, profile: Profile): Item {
  const { board, t, world, actor } = stage;
  const { dp } = board;
  return {
    height: dp(48),
    make: (bounds) => {
      const row = { ...bounds, left: dp(12), right: board.width - dp(12), bottom: bounds.top + dp(33) };
      const [first = row, second = row] = columns(row, ['rest', 'rest'], dp(6));
      const relation = world.relation(actor.app, actor.account, profile.username);
      const isFollower = world.isFollowedBy(actor.app, actor.account, profile.username);
      const text = {
        none: isFollower ? t.profile.followBack : t.profile.follow,
        requested: t.profile.requested,
        following: t.profile.followed,
        friends: t.profile.followed,
      }[relation];
      const desc = {
        none: t.feed.followName(profile.name),
        requested: t.profile.requested,
        following: t.feed.followingName(profile.name),
        friends: t.feed.followingName(profile.name),
      }[relation];
      const tap = {
        none: () => stage.follow(profile.username),
        requested: () => stage.askUnfollow(profile.username),
        following: () => stage.showSheet({ is: 'following', username: profile.username }),
        friends: () => stage.showSheet({ is: 'following', username: profile.username }),
      }[relation];
      const isAccent = relation === 'none';
      return node('LinearLayout', bounds, {}, [
        node('LinearLayout', row, { id: stage.id('profile_header_actions_top_row') }, [
          node('ViewGroup', first, { id: stage.id('profile_header_user_action_follow_button'), selected: isAccent }, [
            node('Button', first, {
              id: stage.id('profile_header_follow_button'),
              text,
              desc,
              clickable: true,
              longClickable: true,
              focusable: true,
              selected: isAccent,
              onTap: tap,
              onLongPress: noop,
              paint: {
                fill: isAccent ? light.accent : light.soft,
                ink: isAccent ? '#ffffff' : light.ink,
                radiusPx: dp(8),
                align: 'center',
                bold: true,
                textPx: dp(14),
              },
            }),
          ]),
          headerButton(stage, second, t.profile.message, () => stage.open({ is: 'direct' })),
        ]),
      ]);
    },
  };
}
