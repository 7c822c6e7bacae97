import type { FastifyInstance } from 'fastify';

/**
 * Everything a page of ours needs comes from where the page came from, as files: no script and no style stands in a page.
 * Pictures arrive as blobs, live cameras through MediaSource, which is a blob, too. `connect-src 'self'` is also our WebSockets.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // No text becomes markup or code by way of innerHTML and its like.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What a page of ours never asks a device for. */
const PERMISSIONS_POLICY = [
  'accelerometer',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
]
  .map((feature) => `${feature}=()`)
  .join(', ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': PERMISSIONS_POLICY,
} as const;

/** A year: browsers that were here once come back over TLS alone (RFC 6797). */
const STRICT_TRANSPORT_SECURITY = 'max-age=31536000';

/** Headers that every answer carries. */
export function installSecurityHeaders(server: FastifyInstance, isSecure: boolean): void {
  server.addHook('onSend', async (_request, reply) => {
    reply.headers(HEADERS);
    if (isSecure) reply.header('Strict-Transport-Security', STRICT_TRANSPORT_SECURITY);
  });
}
