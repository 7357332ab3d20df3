// An operator's morning against the documents: signs a token (jose), watches the city over the hub (the official client of SignalR), opens a
// lane and follows the command, and acknowledges the alarm of the barrier that jams in the demo. It needs node and npm, and is not part of
// the build:
//
//   npm install --no-save @microsoft/signalr ws jose
//   dotnet run --project src/ScannerSim -- demo --pages          (prints the address; another terminal goes on)
//   SETTINGS=$(ls -t "${TMPDIR:-/tmp}"/parking-demo-*/development.json | head -1) \
//     node docs/clients/operator-check.mjs http://127.0.0.1:5080
//
// SETTINGS is the settings file that the service has written. The check ends with 0 once it has seen all of it, within about a minute.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { HubConnectionBuilder, LogLevel } from '@microsoft/signalr';
import { SignJWT } from 'jose';

const [origin] = process.argv.slice(2);
const { jwt } = JSON.parse(readFileSync(process.env.SETTINGS, 'utf8'));

/** Operators' tokens live for 15 minutes at most; the duty is a claim (docs/duties.md). */
const token = await new SignJWT({ staff: 'operator-check', duty: ['operate@city'] })
  .setProtectedHeader({ alg: 'HS256' })
  .setIssuer(jwt.issuer).setAudience(jwt.audience).setSubject('operator-check')
  .setIssuedAt().setExpirationTime('10m')
  .sign(Buffer.from(jwt.signingKey, 'base64'));

async function call(method, path, content) {
  const answer = await fetch(new URL(path, origin), {
    method, body: content && JSON.stringify(content),
    headers: { 'Authorization': `Bearer ${token}`, 'Content-Type': 'application/json' },
  });
  const body = await answer.json();
  assert.ok(answer.ok, `${method} ${path}: ${JSON.stringify(body)}`);
  return body;
}

const seen = { snapshot: null, changed: [], decided: [], ticks: 0 };
const connection = new HubConnectionBuilder()
  .withUrl(`${origin}/hubs/occupancy`, { accessTokenFactory: () => token })
  .configureLogging(LogLevel.Warning)
  .build();
connection.on('Snapshot', snapshot => { seen.snapshot = snapshot; });
connection.on('Changed', update => void seen.changed.push(update));
connection.on('Decided', list => void seen.decided.push(...list));
connection.on('Tick', () => { seen.ticks++; });
await connection.start();
await connection.invoke('Subscribe', 'city');
await assert.rejects(connection.invoke('Subscribe', 'facility:nowhere'));

/** Waits until something is true, for a minute and a half. */
async function until(what, look) {
  for (let n = 0; n < 900; n++) {
    const found = look();
    if (found) {
      console.log(`seen: ${what}`);
      return found;
    }
    await new Promise(resolve => { setTimeout(resolve, 100); });
  }
  assert.fail(`not seen: ${what}`);
}

await until('a snapshot with facilities and gates', () => seen.snapshot?.facilities.length > 0 && seen.snapshot.gates.length > 0);
assert.ok(Array.isArray(seen.snapshot.alarms) && Array.isArray(seen.snapshot.commands));
await until('a tick', () => seen.ticks > 0);
await until('a change of a facility, numbered', () => seen.changed.some(({ facilities }) => facilities.some(({ sequence }) => sequence > 0)));
await until('a decision, without a code or a plate', () => seen.decided.length > 0);
assert.deepEqual(Object.keys(seen.decided[0]).sort(), ['at', 'decision', 'direction', 'facility', 'gate', 'live', 'reason']);

// A lane that is heard is opened once. The id is a ULID: its time is now.
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const drawId = () => Array.from({ length: 10 }, (_, n) => digits[Math.floor(Date.now() / 32 ** (9 - n)) % 32]).join('')
  + Array.from(randomBytes(16), byte => digits[byte % 32]).join('');
const gate = seen.snapshot.gates.find(({ state, direction, fault }) => state === 'online' && direction === 'entry' && !fault);
const id = drawId();
await call('POST', `/v1/gates/${gate.gate}/commands`, { id, command: 'open_once', reason: 'operator check' });
const states = () => seen.changed.flatMap(({ commands }) => commands).filter(command => command.id === id).map(({ state }) => state);
await until('a command until its end', () => ['obeyed', 'not_obeyed'].includes(states().at(-1)));
console.log(`  ${gate.gate}: ${states().join(' → ')}`);
await new Promise(resolve => { setTimeout(resolve, 3_000); });
const { acts } = await call('GET', `/v1/audit?facility=${gate.facility}`);
assert.ok(acts.some(act => act.act === 'open_once' && act.staff === 'operator-check' && act.reason === 'operator check'));

// In the demo an exit jams after half a minute.
const known = () => [...seen.snapshot.alarms, ...seen.changed.flatMap(({ alarms }) => alarms)];
const alarm = await until('an alarm', () => known().findLast(({ state }) => state.endsWith('unacknowledged')));
const answer = await call('POST', '/v1/alarms/acknowledge', { alarms: [{ id: alarm.id, occurrence: alarm.occurrence }] });
assert.equal(answer.alarms[0].outcome, 'acknowledged');
await until('that it is acknowledged', () => known().some(({ id: name, state }) => name === alarm.id && !state.endsWith('unacknowledged')));
console.log(`  ${alarm.id}, ${alarm.priority}`);
await connection.stop();
