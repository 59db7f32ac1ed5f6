/** What is to run for ever, and as whom. */
export interface ServicePlan {
  /** Program and arguments, absolute paths. */
  command: readonly string[];
  workingFolder: string;
  /** Of the person who installs it: adb is found there. */
  path: string;
  home: string;
  /** As `XDG_CONFIG_HOME` says; empty: the usual place. */
  configHome: string;
  user: string;
  /** For what it prints, where the system keeps no log of its own. */
  logFile: string;
}

/** A file that the system reads, and the commands that make it do so. */
export interface ServiceFile {
  path: string;
  content: string;
  encoding: 'utf8' | 'utf16le';
  /** Run in order after the file is written. */
  start: readonly (readonly string[])[];
  /** To look at it, stop it and take it away; for people. */
  hints: readonly string[];
}

export const serviceSystems = ['systemd', 'launchd', 'windows'] as const;
export type ServiceSystem = (typeof serviceSystems)[number];

export const systemOf = (platform: string): ServiceSystem =>
  platform === 'darwin' ? 'launchd' : platform === 'win32' ? 'windows' : 'systemd';

export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
