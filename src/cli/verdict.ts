/** What was found out about one device, or about the wall. */
export type Verdict = {
  readonly device: 'camera' | 'counts' | 'output' | 'controller' | 'board' | 'image' | 'wall' | 'control';
  readonly id: string;
  /**
   * `unsure`: nothing refused and nothing answered, and this kind of device need not answer; `note`: worth knowing, and
   * perhaps meant.
   */
  readonly state: 'well' | 'note' | 'unsure' | 'wrong';
  readonly message: string;
  /** How to mend it; null where nothing has to be mended. */
  readonly mend: string | null;
};

const STATE_WORDS = { well: 'ok', note: 'note', unsure: '?', wrong: 'WRONG' } as const;

/** One line: `camera  lobby  WRONG  nobody answers — check the address`. */
export function formatVerdict({ device, id, state, message, mend }: Verdict): string {
  const head = `${device.padEnd(10)}  ${id.padEnd(16)}  ${STATE_WORDS[state].padEnd(5)}`;
  return `${head}  ${message}${mend === null ? '' : ` — ${mend}`}`;
}

type Words = { readonly message: string; readonly mend: string };

const SILENT: Words = { message: 'nobody answers', mend: 'check the address, the cable and the network (ping it)' };
const NO_WAY: Words = {
  message: 'there is no way to that address',
  mend: 'check the address, the cable and the network of this machine',
};
const NO_NAME: Words = { message: 'the name cannot be resolved', mend: 'check the name, or write the IP address' };

/** Reasons by their code, for every kind of device. */
const REASONS: Readonly<Record<string, Words>> = {
  refused: {
    message: 'the host is there, but nothing listens',
    mend: 'check the port, and that the service is switched on',
  },
  unauthorised: {
    message: 'user name or password is not accepted',
    mend: 'check username and password, and that this user may view',
  },
  timeout: SILENT,
  'no-answer': SILENT,
  'port-taken': {
    message: 'another program on this machine holds the port for the answers',
    mend: 'end the other program, or let it share the port',
  },
  unreachable: NO_WAY,
  'host-unreachable': NO_WAY,
  'network-unreachable': NO_WAY,
  unresolved: NO_NAME,
  'unknown-host': NO_NAME,
  'name-service': NO_NAME,
  'bad-address': NO_NAME,
  forbidden: {
    message: 'this machine forbids it',
    mend: 'check the firewall, and the rights of the user that runs glasshall (raw Ethernet needs CAP_NET_RAW)',
  },
  'sdp-not-written': {
    message: 'its session description cannot be written',
    mend: 'check the folder of sdpFile, and that glasshall may write there',
  },
  'no-interface': {
    message: 'this machine has no network interface of that name',
    mend: 'compare the name with what `ip link` shows',
  },
  'no-carrier': {
    message: 'nothing is connected to the network interface',
    mend: 'check the cable, and that the device at its other end has power',
  },
  'packet-too-long': {
    message: 'the network interface refuses packets of that length',
    mend: 'set its MTU to 1500',
  },
  'sender-ended': {
    message: 'the process that sends raw Ethernet ended',
    mend: 'look at the log with LOG_LEVEL=debug',
  },
  'not-supported': { message: 'this system does not allow it', mend: 'use Linux with glibc, such as Debian' },
  'not-found': { message: 'the device does not know that address', mend: 'check the path of the address' },
  'device-error': {
    message: 'the device reports a fault of its own',
    mend: 'look at the page of the device, or restart it',
  },
  ended: { message: 'the device ends the stream', mend: 'check how many viewers the camera allows at once' },
  unreadable: {
    message: 'what comes cannot be read',
    mend: 'set the camera to H.264, and look at the page of the camera',
  },
  'no-profiles': { message: 'the camera has no video profile', mend: 'make one with H.264 on the page of the camera' },
  'address-in-use': {
    message: 'another program listens at that port',
    mend: 'choose another port, or end that program',
  },
  'encoder-failed': { message: 'the video encoder does not start', mend: 'set encoder: libx264' },
  stalled: { message: 'nothing gets through any more', mend: 'look at the receiver and the network between' },
  'disk-full': { message: 'the disk is full', mend: 'make room, or lower keepFor, maximumSizeGB or leaveFreeGB' },
  'no-folder': { message: 'there is no such folder', mend: 'check directory' },
  'write-failed': { message: 'writing fails', mend: 'check the disk, and the rights of the user that runs glasshall' },
  'ffmpeg-missing': { message: 'ffmpeg is not installed', mend: 'run sh scripts/set-up.sh' },
  'http-status': { message: 'the queue system answers with an error', mend: 'check the address and the headers' },
  'not-json': { message: 'the answer is no JSON', mend: 'open the address in a browser and look at what it gives' },
  'field-missing': { message: 'not in the answer', mend: 'compare the paths under fields with the answer' },
  'bad-value': {
    message: 'neither a number nor a short text',
    mend: 'let the paths under fields point at single values',
  },
  broken: {
    message: 'the connection breaks off',
    mend: 'check the cable, and that no other program uses the device',
  },
  slow: {
    message: 'it is there, and no whole answer comes in time',
    mend: 'look at the page of the device, or restart it; NovaStar serves one program at a time: close NovaLCT',
  },
  truncated: {
    message: 'the connection ends in the middle of an answer',
    mend: 'check the cable, or restart the device',
  },
  oversize: { message: 'the answer is longer than any can be', mend: 'check the address: is it the device?' },
  garbage: { message: 'what answers speaks another language', mend: 'check address, port and type' },
  locked: { message: 'another program holds it', mend: 'close VMP on the other computer' },
  'image-missing': { message: 'there is no such file', mend: 'check file: a relative path counts from this file' },
  'image-no-access': {
    message: 'the file may not be read',
    mend: 'give the user that runs glasshall the right to read it',
  },
  'image-too-large': { message: 'the picture is too large', mend: 'use at most 32 MB and 64 megapixels' },
  'image-unreadable': { message: 'the file is no whole PNG, JPEG or WebP', mend: 'save the picture as PNG anew' },
  'too-large': { message: 'the answer is too large', mend: 'use an address that gives the counts alone' },
};

/** A reason's code in words. A code without words is given as it is: better short than silent. */
export function reasonWords(code: string | null): Words {
  if (code === null) return { message: 'no reason is known', mend: 'look at the device itself' };
  return REASONS[code] ?? { message: `it fails (${code})`, mend: 'look at the device itself' };
}
