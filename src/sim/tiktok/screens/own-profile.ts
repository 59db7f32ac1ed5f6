import type { UiNode } from '../../parts.ts';
import { button, label, node } from '../../screen.ts';
import { fitText } from '../board.ts';
import type { Page, ProfileTab } from '../page.ts';
import type { Stage } from '../stage.ts';
import { light, tabArea, tabPage } from './frame.ts';
import { counters, postGrid, type StripTab, tabStrip } from './profile-parts.ts';

type OwnProfile = Extract<Page, { is: 'own-profile' }>;

export function drawOwnProfile(stage: Stage, page: OwnProfile, sheet: readonly UiNode[]): UiNode {
  const { board, world, actor } = stage;
  const area = tabArea(stage);
  const posts = page.tab === 'videos' ? world.postsBy(actor.app, actor.account) : [];
  const gridArea = { ...area, top: board.top(0, 1044, 1080, 1044).top };
  const drafts = stage.drafts.length;
  return tabPage(
    stage,
    'profile',
    [
      node('RelativeLayout', area, { id: stage.id('profile-frame'), paint: { fill: light.paper } }, [
        titleBar(stage),
        header(stage),
        tabStrip(stage, 933, tabs(stage, page)),
        node('View', board.top(0, 1043, 1080, 1044)),
        node(
          'androidx.viewpager.widget.ViewPager',
          gridArea,
          { id: stage.id('profile-pager'), scrollable: true, focusable: true },
          [
            postGrid(stage, gridArea, {
              posts,
              scrolledRows: page.scrolledRows,
              onScroll: (scrolledRows) => stage.become({ ...page, scrolledRows }),
              ...(drafts > 0 && page.tab === 'videos'
                ? {
                    first: (bounds) =>
                      node(
                        'FrameLayout',
                        bounds,
                        { id: stage.id('grid-cell'), clickable: true, focusable: true, onTap: () => {} },
                        [
                          label({ ...bounds, top: bounds.bottom - board.px(60) }, stage.t.profile.drafts(drafts), {
                            id: stage.id('grid-badge'),
                            paint: { ink: light.ink, fill: '#f0f0f0' },
                          }),
                        ],
                      ),
                  }
                : {}),
            }),
          ],
        ),
      ]),
    ],
    { sheet },
  );
}

function titleBar(stage: Stage): UiNode {
  const { board, t } = stage;
  const noop = () => {};
  return node('ViewGroup', board.top(0, 136, 1080, 279), {}, [
    node('ImageView', board.top(22, 152, 132, 262), {
      desc: t.profile.addFriends,
      focusable: true,
      paint: { symbol: 'person', ink: light.ink },
    }),
    node('ImageView', board.top(838, 152, 948, 262), {
      desc: t.profile.share,
      focusable: true,
      paint: { symbol: 'share', ink: light.ink },
    }),
    node('Button', board.top(948, 152, 1058, 262), {
      desc: t.profile.menu,
      clickable: true,
      focusable: true,
      onTap: noop,
      paint: { symbol: 'menu', ink: light.ink },
    }),
  ]);
}

function header(stage: Stage): UiNode {
  const { board, t, world, actor, release } = stage;
  const profile = world.profile(actor.app, actor.account);
  const name = profile?.name ?? actor.account;
  const handle = `@${actor.account}`;
  const noop = () => {};
  const edit = () => {
    const frame = board.top(800, 407, 1036, 506);
    if (release.editLabel === 'none') {
      return node('LinearLayout', frame, { id: stage.id('profile-edit-frame') }, [
        node('Button', board.top(865, 407, 1036, 506), { clickable: true, focusable: true, onTap: noop }),
      ]);
    }
    const text = release.editLabel === 'edit' ? t.profile.edit : t.profile.editProfile;
    return node('LinearLayout', frame, { id: stage.id('profile-edit-frame') }, [
      button(frame, text, noop, {
        paint: { fill: '#f0f0f0', ink: light.ink, radiusPx: board.px(12), align: 'center' },
      }),
    ]);
  };
  return node('LinearLayout', board.top(0, 279, 1080, 905), { id: stage.id('profile-header') }, [
    node('FrameLayout', board.top(0, 279, 319, 591), { clickable: true, focusable: true, onTap: noop }, [
      node('Button', board.top(0, 319, 319, 591), { id: stage.id('profile-avatar'), desc: t.profile.photo }, [
        node('ImageView', board.top(44, 339, 275, 570), {
          paint: { pictureSeed: `avatar:${actor.account}`, radiusPx: board.px(115) },
        }),
        node('Button', board.top(185, 480, 307, 591), {
          desc: t.profile.createStory,
          clickable: true,
          focusable: true,
          onTap: noop,
          paint: { symbol: 'plus', fill: '#20d5ec', ink: '#ffffff', radiusPx: board.px(56) },
        }),
      ]),
    ]),
    node(
      'FrameLayout',
      board.top(319, 392, 790, 461),
      { clickable: true, focusable: true, onTap: () => stage.showSheet({ is: 'switcher' }) },
      [
        button(
          fitText(board.top(319, 392, 790, 461), name, board.px(48)),
          name,
          () => stage.showSheet({ is: 'switcher' }),
          {
            id: stage.id('profile-name'),
            paint: { ink: light.ink, bold: true },
          },
        ),
      ],
    ),
    button(fitText(board.top(319, 461, 790, 517), handle, board.px(40)), handle, noop, {
      id: stage.id('profile-username'),
      paint: { ink: light.dim },
    }),
    edit(),
    counters(stage, actor.account, 612),
    ...(profile && profile.bio !== ''
      ? [button(board.top(44, 740, 1036, 812), profile.bio, noop, { longClickable: true, paint: { ink: light.ink } })]
      : []),
  ]);
}

function tabs(stage: Stage, page: OwnProfile): StripTab[] {
  const { profile } = stage.t;
  const tab = (name: ProfileTab, desc: string, iconDesc: string): StripTab => ({
    desc,
    iconDesc,
    isSelected: page.tab === name,
    onTap: () => stage.become({ ...page, tab: name, scrolledRows: 0 }),
  });
  return [
    tab('videos', profile.tabVideos, profile.posts),
    tab('private', profile.tabPrivate, profile.tabPrivate),
    tab('favorites', profile.tabFavorites, profile.tabFavorites),
    tab('liked', profile.tabLiked, profile.likes),
  ];
}
