import { DroverError } from '../base/error.ts';
import { isNetwork } from './door.ts';
import { isLoopbackHost } from './listener.ts';

/** What decides whether a server may be reached from beyond its own machine. */
export interface Exposure {
  host: string;
  hostNames: readonly string[];
  trustedProxies: readonly string[];
  hasTls: boolean;
  mediaRoots: readonly string[];
  tokens: number;
}

/**
 * Beyond loopback nothing is open by default, so everything that a stranger could use must have been thought of. Throws
 * `input.invalid` with one sentence for each thing that is missing.
 */
export function refuseOpenDoor(exposure: Exposure): void {
  const missing = [...spellings(exposure), ...(isLoopbackHost(exposure.host) ? [] : gaps(exposure))];
  if (missing.length === 0) return;
  throw new DroverError('input.invalid', {
    message: missing.length === 1 ? missing.join('') : `\n${missing.map((sentence) => `  - ${sentence}`).join('\n')}`,
    details: { host: exposure.host },
  });
}

function spellings({ hostNames, trustedProxies }: Exposure): string[] {
  const names = hostNames.filter((name) => !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/i.test(name));
  const networks = trustedProxies.filter((text) => !isNetwork(text));
  return [
    ...names.map((name) => `--host-name: "${name}" is no host name; give it as drover.example or drover.example:8443`),
    ...networks.map((text) => `--trusted-proxy: "${text}" is no address and no network such as 10.0.0.0/8`),
    ...(trustedProxies.length > 0 && hostNames.length === 0
      ? ['--trusted-proxy needs --host-name: the name under which the proxy is called, as it hands it on in Host']
      : []),
  ];
}

function gaps({ host, trustedProxies, hasTls, mediaRoots, tokens }: Exposure): string[] {
  const beyond = `--host ${host} opens this server to other machines`;
  return [
    ...(tokens > 0 ? [] : [`${beyond}, and there is no token yet: make one with "drover token create" first`]),
    ...(hasTls || trustedProxies.length > 0
      ? []
      : [
          `${beyond} without encryption: give --tls-cert and --tls-key, or name the proxy that speaks TLS for it with --trusted-proxy and --host-name`,
        ]),
    ...(mediaRoots.length > 0
      ? []
      : [`${beyond}, and its callers could name any file of this one: say where media lies with --media-root`]),
  ];
}
