// Holds the occupancy hub and the pages' hub client (src/Pages/wwwroot/shared/hub.js) against the official JavaScript client of SignalR.
// Both watch the whole city; what they are told must be the same. It needs node and npm, and is not part of the build:
//
//   npm install --no-save @microsoft/signalr ws
//   dotnet run --project src/ScannerSim -- demo --pages          (prints the address; another terminal goes on)
//   SETTINGS=$(ls -t "${TMPDIR:-/tmp}"/parking-demo-*/development.json | head -1)
//   TOKEN=$(dotnet run --project src/ScannerSim -- token --duty watch@city --settings "$SETTINGS") \
//     node docs/clients/hub-check.mjs http://127.0.0.1:5090
//
// SETTINGS is the settings file that the service has written. The check ends with 0 after 20 messages that both clients got alike.

import assert from 'node:assert/strict';
import { HubConnectionBuilder, HttpTransportType, LogLevel } from '@microsoft/signalr';

const [origin, wanted = '20'] = process.argv.slice(2);
const token = process.env.TOKEN;
const Methods = ['Snapshot', 'Changed', 'Decided'];

/** Runs the official client. Resolves with its messages. */
async function official(options) {
  const heard = [];
  const connection = new HubConnectionBuilder()
    .withUrl(`${origin}/hubs/occupancy`, { accessTokenFactory: () => token, ...options })
    .configureLogging(LogLevel.Warning)
    .build();
  Methods.forEach(method => connection.on(method, (...values) => void heard.push([method, ...values])));
  connection.on('Tick', () => { });
  await connection.start();
  await connection.invoke('Subscribe', 'city');
  await assert.rejects(connection.invoke('Subscribe', 'nowhere'), 'a scope that does not exist is refused');
  return { heard, stop: () => connection.stop() };
}

/** Runs the pages' client in node: what it needs of a browser stands in here. */
async function ours() {
  const heard = [];
  globalThis.WebSocket ??= (await import('ws')).default;
  globalThis.location = new URL(origin);
  globalThis.addEventListener = () => { };
  globalThis.document = { hidden: false, addEventListener: () => { } };
  const { Hub } = await import('../../src/Pages/wwwroot/shared/hub.js');
  await new Promise((resolve, reject) => {
    const on = Object.fromEntries(Methods.map(method => [method, (...values) => void heard.push([method, ...values])]));
    const hub = new Hub(`/hubs/occupancy?access_token=${token}`, {
      on,
      onOpen: () => hub.invoke('Subscribe', 'city'),
      onState: state => (state === 'live' ? resolve() : reject(new Error(state))),
    });
  });
  return { heard, stop: () => { } };
}

// With and without negotiation; over WebSocket, server-sent events and long polling.
const clients = [
  await ours(),
  await official({ transport: HttpTransportType.WebSockets, skipNegotiation: true }),
  await official({}),
  await official({ transport: HttpTransportType.ServerSentEvents }),
  await official({ transport: HttpTransportType.LongPolling }),
];
const changes = client => client.heard.filter(([method]) => method !== 'Snapshot').map(message => JSON.stringify(message));
while (clients.some(client => changes(client).length < Number(wanted))) {
  await new Promise(resolve => { setTimeout(resolve, 200); });
}

// A client that subscribed earlier has heard more at first: compare from the first message that all have.
const first = changes(clients.at(-1))[0];
const texts = clients.map(client => changes(client).slice(changes(client).indexOf(first)));
const count = Math.min(...texts.map(list => list.length));
for (const list of texts) {
  assert.deepEqual(list.slice(0, count), texts[0].slice(0, count));
}
const facilities = new Set(clients.map(client => client.heard.find(([method]) => method === 'Snapshot')[1].facilities.length));
assert.equal(facilities.size, 1);
console.log(`${clients.length} clients were told the same ${count} changes.`);
await Promise.all(clients.map(client => client.stop()));
process.exit(0);
