// Checks an export of the audit (GET /v1/audit/export) with nothing of the service's own code. Needs Node 18 or later, and no package.
//   node audit-check.mjs export.ndjson audit.pem [head from the log …]
// audit.pem is what `ParkingApi audit key` prints as PEM. Exit code: 0 as it was written, 1 not.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [file, keyFile, ...given] = process.argv.slice(2);
const key = createPublicKey(readFileSync(keyFile));
const sha256 = text => createHash('sha256').update(text, 'utf8').digest('hex');
const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
const entries = lines.filter(line => line.type === 'entry');

function fail(text) {
  console.error(text);
  process.exit(1);
}

let previous = '0'.repeat(64);
entries.forEach((e, index) => {
  if (e.sequence !== index + 1) {
    fail(`entry ${index + 1} is missing`);
  }

  // A member that an export leaves out is null in what is hashed.
  const hashed = ['parking-audit-1', e.sequence, e.at, e.recordedAt, e.kind, e.act, e.target, e.facility ?? null, e.staff,
    e.duty ?? null, e.result ?? null, e.intent ?? null, e.source ?? null, e.detailHash ?? null, e.previous];
  if (sha256(JSON.stringify(hashed)) !== e.hash || e.previous !== previous) {
    fail(`entry ${e.sequence} is not as it was written`);
  }

  if (e.detail !== undefined && sha256(`${e.salt}:${e.detail}`) !== e.detailHash) {
    fail(`the detail of entry ${e.sequence} is not as it was written`);
  }

  previous = e.hash;
});

const heads = [...lines.filter(line => line.type === 'head').map(line => line.head), ...given];
for (const head of heads) {
  const [header, payload, signature] = head.split('.');
  const isSigned = verify(
    'sha256', Buffer.from(`${header}.${payload}`), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  const { sequence, hash, at } = JSON.parse(Buffer.from(payload, 'base64url'));
  if (!isSigned) {
    fail(`a head of ${sequence} entries is not signed by this key`);
  }

  if (entries[sequence - 1]?.hash !== hash) {
    fail(`the head of ${at} has another entry ${sequence}: the chain was rewritten, or its end was cut off`);
  }
}

console.log(`${entries.length} entries and ${heads.length} signed heads: as they were written`);
