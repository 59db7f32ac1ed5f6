import { join } from 'node:path';
import type { ServiceFile, ServicePlan } from './system.ts';

/** A unit of the user, so that adb finds the keys of the person whose phones they are. [systemd.service(5), systemd.syntax(7)] */
export function systemdUnit({ command, workingFolder, path, home, configHome, user }: ServicePlan): ServiceFile {
  const lines = [
    '[Unit]',
    'Description=Drover, task server for Android phones',
    'Wants=network-online.target',
    'After=network-online.target',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${command.map(quoteArgument).join(' ')}`,
    `WorkingDirectory=${workingFolder.replaceAll('%', '%%')}`,
    `Environment=${quote(`PATH=${path}`)}`,
    'Restart=on-failure',
    'RestartSec=5',
    '# What runs on phones is put down cleanly; it goes on after the next start.',
    'TimeoutStopSec=60',
    'KillMode=mixed',
    'UMask=0077',
    'NoNewPrivileges=yes',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ];
  return {
    path: join(configHome || join(home, '.config'), 'systemd', 'user', 'drover.service'),
    content: lines.join('\n'),
    encoding: 'utf8',
    start: [
      ['systemctl', '--user', 'daemon-reload'],
      ['systemctl', '--user', 'enable', 'drover.service'],
      ['systemctl', '--user', 'restart', 'drover.service'],
    ],
    hints: [
      `so that it also runs while you are logged out: loginctl enable-linger ${user}`,
      'its log: journalctl --user -u drover -f',
      'stop it and take it away: systemctl --user disable --now drover.service',
    ],
  };
}

/** `%` begins a specifier. */
const quote = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n').replaceAll('%', '%%')}"`;

/** In a command `$` begins a variable, too. */
const quoteArgument = (text: string): string => quote(text).replaceAll('$', '$$$$');
