// Base45 (RFC 9285): bytes in the 45 characters of a QR symbol's alphanumeric mode.

/** The characters, each at the place of its value. */
export const Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/**
 * Two bytes become three characters, least significant first; a last single byte becomes two.
 * @param {Uint8Array} bytes @returns {string}
 */
export function base45(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    const isPair = i + 1 < bytes.length;
    let value = isPair ? bytes[i] * 256 + bytes[i + 1] : bytes[i];
    for (let left = isPair ? 3 : 2; left > 0; left--) {
      text += Alphabet[value % 45];
      value = Math.floor(value / 45);
    }
  }
  return text;
}
