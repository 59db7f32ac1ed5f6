import { join } from 'node:path';
import { escapeXml, type ServiceFile, type ServicePlan } from './system.ts';

const label = 'dev.drover.server';

/** An agent of the user: it starts at login. [launchd.plist(5)] */
export function launchdAgent({ command, workingFolder, path, home, logFile }: ServicePlan): ServiceFile {
  const text = (value: string): string => `<string>${escapeXml(value)}</string>`;
  const file = join(home, 'Library', 'LaunchAgents', `${label}.plist`);
  const content = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>Label</key>
  ${text(label)}
  <key>ProgramArguments</key>
  <array>
    ${command.map(text).join('\n    ')}
  </array>
  <key>WorkingDirectory</key>
  ${text(workingFolder)}
  <key>EnvironmentVariables</key>
  <dict>
    <key>PATH</key>
    ${text(path)}
  </dict>
  <key>RunAtLoad</key>
  <true/>
  <key>KeepAlive</key>
  <dict>
    <key>SuccessfulExit</key>
    <false/>
  </dict>
  <key>ExitTimeOut</key>
  <integer>60</integer>
  <key>Umask</key>
  <integer>63</integer>
  <key>StandardOutPath</key>
  ${text(logFile)}
  <key>StandardErrorPath</key>
  ${text(logFile)}
</dict>
</plist>
`;
  const domain = `gui/${typeof process.getuid === 'function' ? process.getuid() : 501}`;
  return {
    path: file,
    content,
    encoding: 'utf8',
    start: [
      ['launchctl', 'bootstrap', domain, file],
      ['launchctl', 'kickstart', '-k', `${domain}/${label}`],
    ],
    hints: [
      `its log: tail -f ${logFile}`,
      `stop it and take it away: launchctl bootout ${domain}/${label} && rm ${file}`,
    ],
  };
}
