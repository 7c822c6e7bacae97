const CODES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'host-unreachable',
  EHOSTDOWN: 'host-unreachable',
  ENETUNREACH: 'network-unreachable',
  ENETDOWN: 'network-unreachable',
  EADDRINUSE: 'address-in-use',
  EADDRNOTAVAIL: 'bad-address',
  EINVAL: 'bad-address',
  EAFNOSUPPORT: 'bad-address',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'name-service',
  ENODEV: 'no-interface',
  ENXIO: 'no-interface',
  EMSGSIZE: 'packet-too-long',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  ENOBUFS: 'buffers-full',
  EAGAIN: 'buffers-full',
};

/** The stable code for what a socket or a name look-up said: one of those above, or `send-failed`. */
export function reasonOf(failure: unknown): string {
  return reasonOfCode(failure instanceof Error && 'code' in failure ? String(failure.code) : '');
}

/** The same for the name of an error, such as ECONNREFUSED. */
export function reasonOfCode(code: string): string {
  return CODES[code] ?? 'send-failed';
}
