import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/**
 * Colours whose text reaches a contrast of 4.5 on every surface we draw: 7 fills under white text in light, 8 in dark;
 * 8 is text on a tint in light, 2 in dark. The stock palette of the library fails this (1.9 to 4.0).
 */
const teal: MantineColorsTuple = [
  '#f0fdfa',
  '#ccfbf1',
  '#99f6e4',
  '#5eead4',
  '#2dd4bf',
  '#14b8a6',
  '#0d9488',
  '#0f766e',
  '#115e59',
  '#134e4a',
];
const red: MantineColorsTuple = [
  '#fef2f2',
  '#fee2e2',
  '#fecaca',
  '#fca5a5',
  '#f87171',
  '#ef4444',
  '#dc2626',
  '#b91c1c',
  '#991b1b',
  '#7f1d1d',
];
const amber: MantineColorsTuple = [
  '#fffbeb',
  '#fef3c7',
  '#fde68a',
  '#fcd34d',
  '#fbbf24',
  '#f59e0b',
  '#d97706',
  '#a34a08',
  '#8a3f0c',
  '#78350f',
];
const green: MantineColorsTuple = [
  '#f0fdf4',
  '#dcfce7',
  '#bbf7d0',
  '#86efac',
  '#4ade80',
  '#22c55e',
  '#16a34a',
  '#147a3a',
  '#166534',
  '#14532d',
];
const blue: MantineColorsTuple = [
  '#eff6ff',
  '#dbeafe',
  '#bfdbfe',
  '#93c5fd',
  '#60a5fa',
  '#3b82f6',
  '#2563eb',
  '#1d4ed8',
  '#1e40af',
  '#1e3a8a',
];
const gray: MantineColorsTuple = [
  '#f8f9fa',
  '#f1f3f5',
  '#e6e9ed',
  '#d5dae0',
  '#b6bec8',
  '#7b8693',
  '#5d6875',
  '#4a5460',
  '#343c46',
  '#1d232b',
];
const dark: MantineColorsTuple = [
  '#dde2e8',
  '#c3cad3',
  '#aab3be',
  '#6b7684',
  '#3d4651',
  '#2d343d',
  '#222931',
  '#171c22',
  '#12161b',
  '#0c0f13',
];

export const theme = createTheme({
  colors: { teal, red, amber, green, blue, gray, dark },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1rem' }, h3: { fontSize: '0.875rem' } },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
});

const tinted = ['teal', 'red', 'amber', 'green', 'blue', 'gray'] as const;

const tints = (text: number, background: (name: string) => string): Record<string, string> =>
  Object.fromEntries(
    tinted.flatMap((name) => [
      [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-${text})`],
      [`--mantine-color-${name}-light`, background(name)],
      [`--mantine-color-${name}-text`, `var(--mantine-color-${name}-${text})`],
      [`--mantine-color-${name}-outline`, `var(--mantine-color-${name}-${text})`],
    ]),
  );

export const colourVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tints(8, (name) => `var(--mantine-color-${name}-1)`),
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1d232b',
    '--mantine-color-dimmed': '#5a6471',
    '--mantine-color-placeholder': '#65707d',
    '--mantine-color-error': '#b91c1c',
    '--mantine-color-anchor': '#0f766e',
    '--ground': '#f5f6f8',
    '--surface': '#ffffff',
    '--line': '#e2e6ea',
    '--line-strong': '#87919d',
    '--hover': '#f1f3f5',
    '--chosen': '#e3f5f2',
  },
  dark: {
    ...tints(2, (name) => `color-mix(in srgb, var(--mantine-color-${name}-7) 32%, #171c22)`),
    '--mantine-color-body': '#171c22',
    '--mantine-color-text': '#dde2e8',
    '--mantine-color-dimmed': '#9aa5b1',
    '--mantine-color-placeholder': '#8f9aa7',
    '--mantine-color-error': '#fca5a5',
    '--mantine-color-anchor': '#5eead4',
    '--ground': '#0f1317',
    '--surface': '#171c22',
    '--line': '#2a313a',
    '--line-strong': '#6b7684',
    '--hover': '#1f262e',
    '--chosen': '#12302d',
  },
});
