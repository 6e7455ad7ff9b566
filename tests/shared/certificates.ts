import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/* X.509 certificates made on the spot (RFC 5280), so that no test has one that expires by itself. */

export interface Certificate {
  /** PEM. */
  readonly certificate: string;
  /** PEM. */
  readonly key: string;
}

export interface Authority {
  /** PEM, for whoever shall trust it. */
  readonly certificate: string;
  /** For an IPv4 address; `days` from now on, a negative number: expired. */
  issue(address: string, days?: number): Certificate;
}

const dayMs = 86_400_000;

function tlv(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  if (length < 128) return Buffer.concat([Buffer.from([tag, length]), body]);
  const size = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}
const sequence = (...parts: readonly Buffer[]): Buffer => tlv(0x30, ...parts);
const integer = (bytes: Buffer): Buffer => tlv(0x02, bytes);
const bits = (body: Buffer): Buffer => tlv(0x03, Buffer.from([0]), body);
const octets = (body: Buffer): Buffer => tlv(0x04, body);
const oid = (hex: string): Buffer => tlv(0x06, Buffer.from(hex, 'hex'));
const yes = tlv(0x01, Buffer.from([0xff]));
/** UTCTime: RFC 5280 §4.1.2.5.1. */
const time = (at: number): Buffer =>
  tlv(0x17, Buffer.from(`${new Date(at).toISOString().slice(2, 19).replaceAll(/\D/g, '')}Z`));
const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const commonName = (name: string): Buffer =>
  sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))));
const basicConstraints = sequence(oid('551d13'), yes, octets(sequence(yes)));
const addressName = (address: string): Buffer =>
  sequence(oid('551d11'), octets(sequence(tlv(0x87, Buffer.from(address.split('.').map(Number))))));

interface Wanted {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly from: number;
  readonly until: number;
  readonly extension: Buffer;
}

function signed(issuer: string, issuerKey: KeyObject, wanted: Wanted): string {
  const body = sequence(
    tlv(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(issuer),
    sequence(time(wanted.from), time(wanted.until)),
    commonName(wanted.subject),
    wanted.publicKey.export({ type: 'spki', format: 'der' }),
    tlv(0xa3, sequence(wanted.extension)),
  );
  const whole = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuerKey)));
  const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });

/** An authority that nobody trusts yet. */
export function createAuthority(name: string): Authority {
  const own = keyPair();
  const now = Date.now();
  return {
    certificate: signed(name, own.privateKey, {
      subject: name,
      publicKey: own.publicKey,
      from: now - 30 * dayMs,
      until: now + 30 * dayMs,
      extension: basicConstraints,
    }),
    issue(address, days = 1) {
      const { privateKey, publicKey } = keyPair();
      const until = now + days * dayMs;
      const certificate = signed(name, own.privateKey, {
        subject: address,
        publicKey,
        from: Math.min(now, until) - dayMs,
        until,
        extension: addressName(address),
      });
      return { certificate, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
    },
  };
}
