/** Stands in the built pages where the nonce of each answer goes (electron.vite.config.ts). */
export const noncePlaceholder = 'VICORE_STYLE_NONCE';

/**
 * Headers of every answer of the application's scheme (docs/security.md point 7). Scripts come from files only;
 * the nonce is for the style elements that the component library makes at run time. Style attributes set by
 * script are not governed by style-src. Pictures of springs arrive by IPC and are shown as blob:.
 */
export function securityHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' blob: data:",
      "font-src 'self'",
      "media-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-src 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
      "worker-src 'none'",
    ].join('; '),
    'Permissions-Policy':
      'accelerometer=(), bluetooth=(), camera=(), clipboard-read=(), display-capture=(), geolocation=(), ' +
      'gyroscope=(), hid=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), ' +
      'screen-wake-lock=(), serial=(), usb=()',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
