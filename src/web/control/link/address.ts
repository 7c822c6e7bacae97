/** The WebSocket address of a path on the host that served the page. */
export function addressOf(path: string): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}${path}`;
}
