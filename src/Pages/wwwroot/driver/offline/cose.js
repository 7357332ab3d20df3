// What the phone signs, as COSE_Sign1 (RFC 9052) in deterministic encoding: codes, and requests for certificates.

import { base45 } from './base45.js';

/** ECDSA on P-256, as WebCrypto makes keys. */
const Curve = { name: 'ECDSA', namedCurve: 'P-256' };

/** ES256, as WebCrypto signs: 64 bytes, both numbers one after the other. */
const Es256 = { name: 'ECDSA', hash: 'SHA-256' };

/** Where a certificate of 189 bytes has its expiry and its issue. */
const ExpiresAt = 17, IssuedAt = 23, CertificateSize = 189;

const bytesOf = text => new TextEncoder().encode(text);

/** @param {...(number | Uint8Array)} parts bytes @returns {Uint8Array} */
function join(...parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + (typeof part === 'number' ? 1 : part.length), 0));
  let at = 0;
  for (const part of parts) {
    if (typeof part === 'number') {
      bytes[at++] = part;
    } else {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}

/** A byte string of CBOR, of less than 65,536 bytes. @param {Uint8Array} bytes */
function byteString(bytes) {
  const size = bytes.length;
  const head = size < 24 ? [0x40 | size] : size < 256 ? [0x58, size] : [0x59, size >> 8, size & 0xFF];
  return join(...head, bytes);
}

/** @param {CryptoKey} key @param {Uint8Array} header @param {string} external @param {Uint8Array} payload @returns {Promise<Uint8Array>} */
async function sign(key, header, external, payload) {
  const signed = join(
    0x84, 0x6A, bytesOf('Signature1'), byteString(header), byteString(bytesOf(external)), byteString(payload));
  const signature = new Uint8Array(await crypto.subtle.sign(Es256, key, signed));
  return join(0x84, byteString(header), 0xA0, byteString(payload), byteString(signature));
}

/**
 * A key pair whose private half never leaves the browser: it signs, and cannot be exported.
 * @returns {Promise<{ key: CryptoKey, point: { x: string, y: string } }>} point: the public half, in base64url
 */
export async function makeKey() {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(Curve, false, ['sign']);
  const { x, y } = await crypto.subtle.exportKey('jwk', publicKey);
  return { key: privateKey, point: { x, y } };
}

/**
 * A code: `SP2:` and the Base45 of `[h'{1: -7, 13: certificate}', {}, h'{6: iat, 7: random(8)}', signature]`.
 * @param {Uint8Array} certificate @param {CryptoKey} key the one that the certificate names
 * @param {number} at the service's time as well as the phone knows it: seconds since 1970
 * @returns {Promise<string>}
 */
export async function makeCode(certificate, key, at) {
  const header = join(0xA2, 0x01, 0x26, 0x0D, certificate);
  const iat = new Uint8Array(4);
  new DataView(iat.buffer).setUint32(0, at);
  const payload = join(0xA2, 0x06, 0x1A, iat, 0x07, 0x48, crypto.getRandomValues(new Uint8Array(8)));
  return `SP2:${base45(await sign(key, header, 'SP2', payload))}`;
}

/**
 * A request that proves which device makes it: `[h'{1: -7}', {}, JSON, signature]`.
 * @param {CryptoKey} key the device's own @param {unknown} content @returns {Promise<Uint8Array>}
 */
export const makeProof = (key, content) =>
  sign(key, Uint8Array.of(0xA1, 0x01, 0x26), 'SP2-LINK', bytesOf(JSON.stringify(content)));

/**
 * From when to when a certificate is valid: seconds since 1970.
 * @param {Uint8Array} certificate @returns {{ issuedAt: number, expiresAt: number }}
 * @throws {RangeError} These are not the bytes of a certificate.
 */
export function timesOf(certificate) {
  if (certificate.length !== CertificateSize) {
    throw new RangeError(`A certificate has ${CertificateSize} bytes.`);
  }
  const view = new DataView(certificate.buffer, certificate.byteOffset);
  return { issuedAt: view.getUint32(IssuedAt), expiresAt: view.getUint32(ExpiresAt) };
}

/** @param {Uint8Array} bytes @returns {string} base64url without padding */
export const toBase64Url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {string} text base64url without padding @returns {Uint8Array} */
export const fromBase64Url = text =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), character => character.charCodeAt(0));
