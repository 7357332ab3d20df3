// Checks codes, of the service (SP1) and of devices (SP2), with nothing but what the service publishes, and twice: with the COSE library
// cose-kit, and with WebCrypto alone. Both must say the same. It needs node and npm, and is not part of the build:
//
//   npm install --no-save cose-kit
//   node docs/clients/code-check.mjs http://127.0.0.1:5080 < codes.txt
//
// Each line of codes.txt is the text of one code. The answer is a line for each: its identity, which a gate remembers once it has opened,
// or why it is refused. The check ends with 1 if one was refused. One-time use, revoked devices and standing are the service's to know.

import { createHash, webcrypto } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Sign1 } from 'cose-kit';
import { Encoder } from 'cbor-x';
import { importJWK } from 'jose';

const [origin] = process.argv.slice(2);
const Skew = 30, Minute = 60, Week = 7 * 86400;
const Alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const cbor = new Encoder({ mapsAsObjects: false, useRecords: false, tagUint8Array: false });
const nothing = new Uint8Array();

/** A refusal with its name in the gate protocol. */
class Refused extends Error { }

function require(condition, reason) {
  if (!condition) {
    throw new Refused(reason);
  }
}

function fromBase45(text) {
  require(text.length % 3 !== 1, 'bad_encoding');
  const bytes = [];
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map(character => Alphabet.indexOf(character));
    const value = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    require(!digits.includes(-1) && value <= (digits.length === 3 ? 0xFFFF : 0xFF), 'bad_encoding');
    bytes.push(...(digits.length === 3 ? [value >> 8] : []), value & 0xFF);
  }
  return Uint8Array.from(bytes);
}

function decode(bytes) {
  try {
    return cbor.decode(bytes);
  } catch {
    throw new Refused('bad_shape');
  }
}

// The formats are deterministic CBOR, so a value that is written as it was read has the one encoding that is allowed. cbor-x writes
// integers and lengths in the shortest form, and maps in the order in which they were read, which shape() checks.
function shape(bytes, ...labels) {
  const map = decode(bytes);
  require(map instanceof Map && Buffer.compare(cbor.encode(map), bytes) === 0, 'bad_shape');
  require(JSON.stringify([...map.keys()]) === JSON.stringify(labels), 'bad_shape');
  return map;
}

function message(array) {
  require(Array.isArray(array) && array.length === 4 && array[1] instanceof Map && array[1].size === 0, 'bad_shape');
  const [header, , payload, signature] = array;
  require([header, payload, signature].every(part => part instanceof Uint8Array) && signature.length === 64, 'bad_shape');
  return { header, payload, signature, array };
}

/** Verifies one COSE_Sign1 with cose-kit and with WebCrypto. */
async function verify({ header, payload, signature, array }, jwk, externalData, reason) {
  const byLibrary = await new Sign1(...array).verify(await importJWK(jwk, 'ES256'), externalData);
  const key = await webcrypto.subtle.importKey('jwk', jwk, ES256, false, ['verify']);
  const toBeSigned = cbor.encode(['Signature1', header, externalData, payload]);
  const byWebCrypto = await webcrypto.subtle.verify(ES256, key, signature, toBeSigned);
  if (byLibrary !== byWebCrypto) {
    throw new Error(`cose-kit says ${byLibrary}, WebCrypto ${byWebCrypto}`);
  }
  require(byWebCrypto, reason);
}

function keyIn(set, kid) {
  const key = set.keys.find(one => one.kid === Buffer.from(kid).toString('hex'));
  require(key, 'unknown_key');
  return key;
}

function inTime(issued, expires, now) {
  require(now >= issued - Skew, 'not_yet_valid');
  require(now < expires + Skew, 'expired');
}

async function checkOfService(bytes, keys, now) {
  require(bytes.length === 111, 'bad_shape');
  const code = message(decode(bytes));
  const header = shape(code.header, 1, 4), claims = shape(code.payload, 4, 6, 7);
  require(header.get(1) === -7, 'unsupported_algorithm');
  await verify(code, keyIn(keys, header.get(4)), nothing, 'bad_signature');
  inTime(claims.get(6), claims.get(4), now);
  return Buffer.from(claims.get(7)).toString('hex');
}

async function checkOfDevice(bytes, certificateKeys, now) {
  require(bytes.length === 281, 'bad_shape');
  const code = message(decode(bytes));
  const header = shape(code.header, 1, 13), claims = shape(code.payload, 6, 7);
  const certificate = message(header.get(13));
  const issuer = shape(certificate.header, 1, 4), certified = shape(certificate.payload, 4, 6, 7, 8);
  require(header.get(1) === -7 && issuer.get(1) === -7, 'unsupported_algorithm');
  await verify(certificate, keyIn(certificateKeys, issuer.get(4)), nothing, 'bad_certificate');

  const device = certified.get(8).get(1);
  const [x, y] = [device.get(-2), device.get(-3)].map(part => Buffer.from(part).toString('base64url'));
  await verify(code, { kty: 'EC', crv: 'P-256', x, y }, Buffer.from('SP2'), 'bad_signature');

  const issued = claims.get(6), from = certified.get(6), until = certified.get(4);
  require(until - from <= Week && from - Skew <= issued && issued + Minute <= until, 'outside_certificate');
  inTime(issued, issued + Minute, now);
  return createHash('sha256').update('SP2').update(certified.get(7)).update(claims.get(7)).digest().subarray(0, 16).toString('hex');
}

const [keys, certificateKeys] = await Promise.all(
  ['jwks.json', 'certificate-jwks.json'].map(async name => (await fetch(`${origin}/.well-known/${name}`)).json()));

for await (const text of createInterface({ input: process.stdin })) {
  const now = Date.now() / 1000;
  try {
    require(/^SP[12]:/.test(text), 'not_a_code');
    const bytes = fromBase45(text.slice(4));
    const id = text.startsWith('SP1:') ? await checkOfService(bytes, keys, now) : await checkOfDevice(bytes, certificateKeys, now);
    console.log(`genuine ${id}`);
  } catch (error) {
    if (!(error instanceof Refused)) {
      throw error;
    }
    console.log(`refused ${error.message}`);
    process.exitCode = 1;
  }
}
