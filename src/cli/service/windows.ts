import { win32 } from 'node:path';
import { escapeXml, type ServiceFile, type ServicePlan } from './system.ts';

/** A task of the Task Scheduler that starts when its user logs on. [Task Scheduler Schema 1.2] */
export function windowsTask({ command, workingFolder, user, home }: ServicePlan): ServiceFile {
  const [program = '', ...rest] = command;
  const file = win32.join(home, 'AppData', 'Local', 'Drover', 'drover-task.xml');
  const content = `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Drover, task server for Android phones</Description>
    <URI>\\Drover</URI>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Enabled>true</Enabled>
      <UserId>${escapeXml(user)}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${escapeXml(user)}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>999</Count>
    </RestartOnFailure>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>${escapeXml(program)}</Command>
      <Arguments>${escapeXml(rest.map(quoteArgument).join(' '))}</Arguments>
      <WorkingDirectory>${escapeXml(workingFolder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
  return {
    path: file,
    content,
    encoding: 'utf16le',
    start: [
      ['schtasks', '/Create', '/TN', 'Drover', '/XML', file, '/F'],
      ['schtasks', '/Run', '/TN', 'Drover'],
    ],
    hints: [
      'look at it: schtasks /Query /TN Drover /V /FO LIST',
      'stop it and take it away: schtasks /End /TN Drover, then schtasks /Delete /TN Drover /F',
    ],
  };
}

/** As programs split their command line again: a backslash counts double before a quote only. [CommandLineToArgvW] */
export function quoteArgument(text: string): string {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  return `"${text.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
