// Names for what is to be done once, however often it is sent.

const Digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TimeDigits = 10, RandomDigits = 16;

/** A new ULID: 48 bits of time and 80 random ones. @param {number} at milliseconds since 1970 by the service's clock */
export function drawId(at) {
  let time = Math.floor(at), text = '';
  for (let n = 0; n < TimeDigits; n++) {
    text = Digits[time % Digits.length] + text;
    time = Math.floor(time / Digits.length);
  }
  return text + Array.from(crypto.getRandomValues(new Uint8Array(RandomDigits)), value => Digits[value % Digits.length]).join('');
}
