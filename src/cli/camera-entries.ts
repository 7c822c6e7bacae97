import { Document } from 'yaml';
import type { DiscoveredCamera } from '../camera/onvif/discovery.js';
import type { OnvifProfile } from '../camera/onvif/onvif-device.js';
import { ownKindOf } from '../layout/sources.js';

/** A camera that answered, the address under which it can be reached, and what it has (or why it does not tell). */
export type FoundCamera = DiscoveredCamera & {
  readonly url: URL;
  readonly profiles: readonly OnvifProfile[];
  readonly trouble: string | null;
};

/** How the entries name user and password: `secret` is what stands in `${…}`. */
export type EntryCredentials = { readonly username: string; readonly secret: string };

/** The well-known path of the device service (ONVIF Core, 5.10), which need not be written. */
const USUAL_PATH = '/onvif/device_service';

/** Cameras as the `cameras:` of a configuration, each with what it is in a comment above. Ids and names are proposals. */
export function cameraEntries(cameras: readonly FoundCamera[], credentials: EntryCredentials): string {
  const taken = new Set<string>();
  const entries = cameras.map((camera, index) => ({
    id: unusedId(camera.name, index, taken),
    name: camera.name.trim() || `摄像机 ${index + 1}`,
    onvif: {
      address: shortAddress(camera.url),
      username: credentials.username === '' ? 'viewer' : credentials.username,
      password: `\${${credentials.secret}}`,
    },
  }));
  const document = new Document({ cameras: entries });
  cameras.forEach((camera, index) => {
    const entry = document.getIn(['cameras', index], true) as { commentBefore?: string };
    entry.commentBefore = describe(camera)
      .map((line) => ` ${line}`)
      .join('\n');
    const onvif = document.getIn(['cameras', index, 'onvif'], true) as { flow?: boolean };
    onvif.flow = true;
    const password = document.getIn(['cameras', index, 'onvif', 'password'], true) as { type?: string };
    password.type = 'QUOTE_DOUBLE';
  });
  document.commentBefore = ` ${cameras.length} found. Give them the names that people shall read on the wall.`;
  return document.toString({ lineWidth: 0 }).trimEnd();
}

function describe({ hardware, location, profiles, trouble }: FoundCamera): string[] {
  const device = [hardware, location].filter((word) => word !== '').join(', ');
  const lines = device === '' ? [] : [device];
  if (trouble !== null) lines.push(`profiles unknown: ${trouble}`);
  for (const { name, widthPx, heightPx, codec, framesPerSecond, streamUrl } of profiles) {
    const size = widthPx === null || heightPx === null ? 'unknown size' : `${widthPx}×${heightPx}`;
    const rate = framesPerSecond === null ? '' : ` ${framesPerSecond} fps`;
    lines.push(`${name}: ${size} ${codec ?? 'unknown codec'}${rate} ${streamUrl}`);
  }
  // A comment ends with its line, and what a camera says may hold anything.
  return lines.map((line) => line.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' '));
}

function shortAddress(url: URL): string {
  const isUsual =
    url.protocol === 'http:' && (url.pathname === USUAL_PATH || url.pathname === '/') && url.search === '';
  return isUsual ? url.host : url.href;
}

function unusedId(name: string, index: number, taken: Set<string>): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  const wanted = !/[a-z]/.test(slug) || ownKindOf(slug) !== null ? `camera-${index + 1}` : slug;
  let id = wanted;
  for (let suffix = 2; taken.has(id); suffix += 1) id = `${wanted}-${suffix}`;
  taken.add(id);
  return id;
}
