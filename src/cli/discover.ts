import { readFile } from 'node:fs/promises';
import { discoverCameras, type DiscoveredCamera } from '../camera/onvif/discovery.js';
import { askOnvifProfiles, type OnvifProfile } from '../camera/onvif/onvif-device.js';
import { GlasshallError, messageOf } from '../core/errors.js';
import { ownAddresses } from '../core/own-networks.js';
import { controllerModules } from '../controller/registry.js';
import type { DiscoveryScope, FoundController } from '../output/output-module.js';
import { outputModules } from '../output/registry.js';
import { cameraEntries, type FoundCamera } from './camera-entries.js';
import { withDeadline } from '../core/deadline.js';
import { controllerEntries, outputEntries } from './output-entries.js';
import type { Terminal } from './terminal.js';
import { reasonWords } from './verdict.js';

/** What the command line says. */
export type DiscoverOptions = {
  /** IPv4 address of the interface to look from; without it, all of them. */
  readonly interface?: string;
  readonly username: string;
  /** Name of the environment variable that holds the password. */
  readonly passwordEnv: string;
  readonly passwordFile?: string;
  /** Seconds. */
  readonly timeout: number;
};

/** What of a driver this needs. */
type Discoverer = {
  discover?(scope: DiscoveryScope, signal: AbortSignal): Promise<readonly FoundController[]>;
};

/** Asking one camera for its profiles may take so long. */
const PROFILES_MS = 10_000;
/** Cameras that are asked at the same time. */
const AT_ONCE = 8;

/**
 * Prints the ONVIF cameras and the LED controllers of this network as configuration to paste: as outputs what takes pixels, as
 * controllers what takes commands.
 * @returns the exit status: 0, or 1 when nothing was found
 * @throws GlasshallError `no-interface`, `no-password-file`
 */
export async function discover(options: DiscoverOptions, terminal: Terminal, signal: AbortSignal): Promise<number> {
  const password = await readPassword(options);
  const scope: DiscoveryScope = {
    interfaces: options.interface === undefined ? ownAddresses() : [options.interface],
    timeoutMs: options.timeout * 1_000,
  };
  const [cameras, outputs, controllers] = await Promise.all([
    discoverCameras({ ...scope, signal }),
    discoverWith(outputModules, scope, terminal, signal),
    discoverWith(controllerModules, scope, terminal, signal),
  ]);
  if (cameras.length > 0) {
    const credentials = { username: options.username, password };
    const found = await inTurn(cameras, AT_ONCE, (camera) => ask(camera, credentials, signal));
    const secret = options.passwordFile === undefined ? options.passwordEnv : `file:${options.passwordFile}`;
    terminal.print(cameraEntries(found, { username: options.username, secret }));
  }
  if (outputs.length > 0) terminal.print(outputEntries(outputs));
  if (controllers.length > 0) terminal.print(controllerEntries(controllers));
  const others = outputs.length + controllers.length;
  if (cameras.length + others > 0) {
    if (cameras.length === 0) terminal.print('# No camera answered.');
    if (others === 0) terminal.print('# No LED controller answered; many never do.');
    return 0;
  }
  terminal.error('no camera answered — check that ONVIF and its discovery are switched on in the cameras, that this');
  terminal.error('machine is in the same network (discovery does not pass routers), or choose --interface ADDRESS');
  terminal.error('no LED controller answered either, but many never do');
  return 1;
}

/** Asks with the protocol of every driver at the same time. One that cannot ask is told, and keeps nobody from asking. */
async function discoverWith(
  modules: Readonly<Record<string, Discoverer>>,
  scope: DiscoveryScope,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<FoundController[]> {
  const found = await Promise.all(
    Object.entries(modules).map(async ([type, module]) => {
      try {
        return (await module.discover?.(scope, signal)) ?? [];
      } catch (failure) {
        // That no interface can be used is told of the cameras, too.
        if (!(failure instanceof GlasshallError && failure.code === 'no-interface'))
          terminal.error(`${type}: ${messageOf(failure)}`);
        return [];
      }
    }),
  );
  return found.flat();
}

async function readPassword({ passwordEnv, passwordFile }: DiscoverOptions): Promise<string> {
  if (passwordFile === undefined) return process.env[passwordEnv] ?? '';
  try {
    return (await readFile(passwordFile, 'utf8')).replace(/\r?\n$/, '');
  } catch (failure) {
    throw new GlasshallError('no-password-file', messageOf(failure), { file: passwordFile }, { cause: failure });
  }
}

async function ask(
  camera: DiscoveredCamera,
  credentials: { readonly username: string; readonly password: string },
  signal: AbortSignal,
): Promise<FoundCamera> {
  const url = reachableAddress(camera);
  let profiles: readonly OnvifProfile[] = [];
  let trouble: string | null = null;
  try {
    profiles = await withDeadline(PROFILES_MS, signal, (deadline) =>
      askOnvifProfiles({ address: url.href, ...credentials }, deadline),
    );
  } catch (failure) {
    if (!(failure instanceof GlasshallError)) throw failure;
    const words = reasonWords(failure.code);
    trouble = `${words.message} — ${words.mend}`;
  }
  return { ...camera, url, profiles, trouble };
}

/** A camera with several addresses answers on the one that its answer came from; the others may belong to other networks. */
function reachableAddress({ xaddrs, senderAddress }: DiscoveredCamera): URL {
  const urls = xaddrs.filter((address) => URL.canParse(address)).map((address) => new URL(address));
  return urls.find(({ hostname }) => hostname === senderAddress) ?? urls[0] ?? new URL(`http://${senderAddress}/`);
}

/** The results in the order of the items, at most `atOnce` under way. */
async function inTurn<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}
