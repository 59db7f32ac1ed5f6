import { ActionIcon, Drawer, Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { commands, useCommands } from './commands.ts';
import { count } from './format.ts';
import { choose, languageCodes, languageName } from './i18n.ts';
import { Icon } from './icons.tsx';
import { KeySheet } from './key-sheet.tsx';
import classes from './layout.module.css';
import type { Live } from './live.ts';
import { LiveBanner, LiveDot } from './live-banner.tsx';
import { isHere, pages } from './nav.ts';
import { Palette } from './palette.tsx';
import { useOpenReviews, useStats } from './queries.ts';
import { SignedIn } from './signed-in.tsx';

/** The frame around every page: navigation, state of the connection, palette, sheet of keys. */
export function Layout({ live, children }: { live: Live; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const [location, go] = useLocation();
  const [isMenuOpen, menu] = useDisclosure(false);
  const [isPaletteOpen, palette] = useDisclosure(false);
  const [isSheetOpen, sheet] = useDisclosure(false);
  const { toggleColorScheme } = useMantineColorScheme();

  useEffect(() => {
    window.addEventListener('keydown', commands.onKeyDown);
    return () => window.removeEventListener('keydown', commands.onKeyDown);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu of a narrow window closes with every step to another page
  useEffect(() => menu.close(), [location]);

  useCommands([
    ...pages.map(({ id, path, key }) => ({
      id: `go-${id}`,
      label: t('shell.goTo', { page: t(`nav.${id}`) }),
      keys: `g ${key}`,
      section: t('keys.go'),
      run: () => go(path),
    })),
    { id: 'guide', label: t('guide.title'), keys: 'g h', section: t('keys.go'), run: () => go('/guide') },
    { id: 'palette', label: t('shell.palette'), keys: 'mod+k', section: t('keys.everywhere'), run: palette.toggle },
    { id: 'keys', label: t('shell.keys'), keys: '?', section: t('keys.everywhere'), run: sheet.toggle },
    { id: 'theme', label: t('shell.otherTheme'), section: t('keys.everywhere'), run: toggleColorScheme },
    ...languageCodes
      .filter((code) => code !== i18n.language)
      .map((code) => ({
        id: `language-${code}`,
        label: `${t('shell.language')}: ${languageName(code)}`,
        section: t('keys.everywhere'),
        run: () => void choose(i18n, code),
      })),
  ]);

  return (
    <div className={classes.frame}>
      <a href="#content" className={classes.skip}>
        {t('shell.skip')}
      </a>
      <section className={classes.top} aria-label="Drover">
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={menu.open} aria-label={t('shell.menu')}>
          <Icon name="menu" size={20} />
        </ActionIcon>
        <Brand />
        <ActionIcon variant="subtle" color="gray" size="lg" onClick={palette.open} aria-label={t('shell.palette')}>
          <Icon name="search" size={18} />
        </ActionIcon>
      </section>
      <aside className={classes.side}>
        <Side live={live} onPalette={palette.open} onKeys={sheet.open} />
      </aside>
      <Drawer
        opened={isMenuOpen}
        onClose={menu.close}
        size="17rem"
        title={<Brand />}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <Side live={live} onPalette={palette.open} onKeys={sheet.open} isInDrawer />
      </Drawer>
      <div className={classes.body}>
        <LiveBanner live={live} />
        <main id="content" className={classes.content} tabIndex={-1}>
          {children}
        </main>
      </div>
      <Palette isOpen={isPaletteOpen} onClose={palette.close} />
      <KeySheet isOpen={isSheetOpen} onClose={sheet.close} />
    </div>
  );
}

const Brand = () => (
  <span className={classes.brand}>
    <img src="/icon.svg" alt="" width={22} height={22} />
    Drover
  </span>
);

interface SideProps {
  live: Live;
  onPalette: () => void;
  onKeys: () => void;
  isInDrawer?: boolean;
}

function Side({ live, onPalette, onKeys, isInDrawer = false }: SideProps) {
  const { t, i18n } = useTranslation();
  const [location] = useLocation();
  const { data: stats } = useStats();
  const { data: reviews } = useOpenReviews();
  const badges: Readonly<Record<string, number | undefined>> = { tasks: stats?.running, review: reviews?.total };
  return (
    <div className={classes.sideInside}>
      {!isInDrawer && <Brand />}
      <UnstyledButton className={classes.find} onClick={onPalette}>
        <Icon name="search" />
        <span>{t('shell.find')}</span>
        <kbd>{modKey} K</kbd>
      </UnstyledButton>
      <nav aria-label={t('shell.pages')}>
        {pages.map(({ id, path, icon }) => (
          <Link
            key={id}
            href={path}
            className={classes.link ?? ''}
            aria-current={isHere(path, location) ? 'page' : undefined}
          >
            <Icon name={icon} size={18} />
            <span>{t(`nav.${id}`)}</span>
            {(badges[id] ?? 0) > 0 && <span className={classes.badge}>{count(i18n.language, badges[id] ?? 0)}</span>}
          </Link>
        ))}
      </nav>
      <div className={classes.foot}>
        <LiveDot live={live} />
        <SignedIn />
        <div className={classes.footButtons}>
          <LanguageMenu />
          <ThemeMenu />
          <ActionIcon
            variant="subtle"
            color="gray"
            onClick={onKeys}
            aria-label={t('shell.keys')}
            title={`${t('shell.keys')} (?)`}
          >
            <b aria-hidden="true">?</b>
          </ActionIcon>
        </div>
      </div>
    </div>
  );
}

const modKey = /mac/i.test(navigator.userAgent) ? '⌘' : 'Ctrl';

function LanguageMenu() {
  const { t, i18n } = useTranslation();
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`${i18n.language.toUpperCase()}: ${t('shell.language')}`}>
          <span className={classes.code} aria-hidden="true">
            {i18n.language.toUpperCase()}
          </span>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languageCodes.map((code) => (
          <Menu.Item
            key={code}
            lang={code}
            onClick={() => void choose(i18n, code)}
            rightSection={code === i18n.language && <Icon name="check" />}
          >
            {languageName(code)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const schemes = [
  ['light', 'sun'],
  ['dark', 'moon'],
  ['auto', 'auto'],
] as const;

function ThemeMenu() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const icon = schemes.find(([name]) => name === colorScheme)?.[1] ?? 'auto';
  return (
    <Menu position="top-start" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={`${t('shell.theme')}: ${t(`themes.${colorScheme}`)}`}>
          <Icon name={icon} size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([name, sign]) => (
          <Menu.Item
            key={name}
            leftSection={<Icon name={sign} />}
            onClick={() => setColorScheme(name)}
            rightSection={name === colorScheme && <Icon name="check" />}
          >
            {t(`themes.${name}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
