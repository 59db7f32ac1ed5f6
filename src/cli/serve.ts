import { createLog } from '../base/log.ts';
import { type Config, loadConfig } from '../config.ts';
import { Drover, version } from '../main.ts';
import { makeLoginLink } from './login.ts';
import { waitForStopSignal } from './stop-signal.ts';

/** `drover serve`: runs until a signal ends it; what runs on phones is interrupted and goes on after the next start. */
export async function serve(flags: Readonly<Record<string, unknown>>): Promise<void> {
  const { config, file } = loadConfig(flags);
  const log = createLog(config.logLevel);
  const stopAsked = waitForStopSignal();
  const drover = await Drover.start(config, { log });
  const lost = new Promise<string>((resolve) => drover.onLost(resolve));
  const lines = [
    `drover ${version} answers on http://localhost:${drover.port}/api/v1/ (${drover.addresses.join(', ')})`,
    `  data    ${config.data}${file ? `, configuration ${file}` : ''}`,
    `  phones  ${drover.sim ? drover.sim.phones.map((phone) => `${phone.host.serial} (virtual)`).join(', ') : `of the adb server ${config.adb.join(', ') || '127.0.0.1:5037'}`}`,
    ...(drover.sim?.controlPort === undefined ? [] : [`  control http://127.0.0.1:${drover.sim.controlPort}/phones`]),
    ...(drover.asksForTokens ? [`  log in  ${await wayIn({ ...config, port: drover.port })}`] : []),
    ...drover.notices.map((notice) => `  note    ${notice}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const why = await Promise.race([stopAsked, lost]);
  log.info({ why }, 'stopping');
  await drover.stop();
  log.info({}, 'stopped');
}

/** The link itself is for the person who looks on; a log that is kept would hold it, too. */
const wayIn = async (config: Config): Promise<string> =>
  process.stdout.isTTY ? `${await makeLoginLink(config)} (once, within ten minutes)` : 'drover login prints a link';
