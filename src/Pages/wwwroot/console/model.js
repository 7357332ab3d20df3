// The figures of the scope that the console watches, and how a facility is by them.

/**
 * @typedef {{ facility: string, sequence?: number, occupied?: number, capacity: number, asOf: string, state: string, confidence: string,
 *   silentGates: number, unsent: number, unexplained: number, correction?: number, shown?: number }} Occupancy
 * @typedef {{ gate: string, facility: string, direction: string, state: string, lastHeardAt?: string, unsent: number, offline: boolean,
 *   fault: boolean, lastIncident?: { incident: string, occurredAt: string, detail?: string }, barrier?: string }} Gate
 * @typedef {{ id: string, facility: string, gate: string, command: string, state: string, queuedAt: string, expiresAt: string,
 *   obstacle?: string }} Command
 * @typedef {{ facility: string, gate: string, direction: string, decision: string, reason: string, at: string, live: boolean }} Decision
 */

import { language, t } from '../shared/words.js';

/** So many commands are remembered: a page that stays open for days must not grow. */
const MostCommands = 200;

/** The figures of the scope that is watched. Those of any other scope would grow old unseen, so they are not kept. */
export const figures = {
  scope: '',
  /** The life of the store in which sequences count. */ epoch: '',
  /** @type {Map<string, Occupancy>} */ occupancy: new Map(),
  /** The sums of districts, in their scope. @type {Map<string, any>} */ districts: new Map(),
  /** @type {Map<string, Map<string, Gate>>} by facility, then by gate */ gates: new Map(),
  /** Commands to gates that were heard of lately. @type {Map<string, Command>} */ commands: new Map(),

  /** Takes the first message of a subscription. */
  replace({ scope, epoch, facilities, districts, gates, commands }) {
    this.scope = scope;
    this.epoch = epoch;
    this.occupancy = new Map(facilities.map(message => [message.facility, message]));
    this.districts = new Map(districts.map(message => [message.district, message]));
    this.gates = new Map();
    gates.forEach(message => this.setGate(message));
    this.commands = new Map(commands.map(message => [message.id, message]));
  },

  /** Takes changes. False if the store began another life, so that everything is needed again. */
  take({ epoch, facilities, districts, gates, commands }) {
    const isSame = epoch === this.epoch;
    for (const message of facilities) {
      // A lower number is older. Without a number, the service does not know.
      if (!isSame || !(message.sequence < this.occupancy.get(message.facility)?.sequence)) {
        this.occupancy.set(message.facility, message);
      }
    }
    districts.forEach(message => this.districts.set(message.district, message));
    gates.forEach(message => this.setGate(message));
    for (const message of commands) {
      // The newest is the last one, also of the map.
      this.commands.delete(message.id);
      this.commands.set(message.id, message);
    }
    while (this.commands.size > MostCommands) {
      this.commands.delete(this.commands.keys().next().value);
    }
    return isSame;
  },

  /** The command that a gate was given last; null if none was heard of lately. @param {string} gate @returns {Command | null} */
  lastCommandOf(gate) {
    const own = [...this.commands.values()].filter(command => command.gate === gate);
    return own.reduce((last, one) => (!last || one.queuedAt > last.queuedAt ? one : last), null);
  },

  /** @param {Gate} message */
  setGate(message) {
    if (!this.gates.has(message.facility)) {
      this.gates.set(message.facility, new Map());
    }
    this.gates.get(message.facility).set(message.gate, message);
  },
};

/** What each state is marked with, the most urgent first. Full is a state and no trouble. */
const States = [
  { state: 'unknown', mark: '■', rank: 0 },
  { state: 'fault', mark: '▲', rank: 1 },
  { state: 'silent', mark: '▲', rank: 1 },
  { state: 'offline', mark: '▲', rank: 1 },
  { state: 'reduced', mark: '◆', rank: 1 },
  { state: 'closed', mark: '✕', rank: 2 },
  { state: 'full', mark: '●', rank: 3 },
  { state: 'open', mark: '', rank: 4 },
];

/**
 * How a facility is, as the table, the map and its own view show it; null while its figures have not come.
 * @param {import('./city.js').Facility} facility
 */
export function lookAt(facility) {
  const message = figures.occupancy.get(facility.id);
  if (!message) {
    return null;
  }
  const gates = [...figures.gates.get(facility.id)?.values() ?? []];
  const isKnown = message.shown !== undefined && message.confidence !== 'unknown';
  const holds = {
    unknown: !isKnown,
    fault: gates.some(gate => gate.fault),
    silent: message.silentGates > 0,
    offline: gates.some(gate => gate.offline),
    reduced: message.confidence === 'reduced',
    closed: message.state === 'closed',
    full: message.state === 'full',
    open: true,
  };
  return {
    ...States.find(({ state }) => holds[state]),
    message,
    confidence: message.confidence,
    causes: causesOf(message),
    isClosed: holds.closed,
    entries: holds.closed ? 'closed' : holds.full ? 'full' : null,
    isPale: holds.reduced,
    shown: isKnown ? message.shown : null,
    fullness: isKnown ? Math.min(message.shown / Math.max(message.capacity, 1), 1) : null,
  };
}

/**
 * Whether a piece of the page does not show a look yet. It then remembers it as shown.
 * @param {{ shown?: any[] }} piece @param {ReturnType<typeof lookAt>} look
 */
export function isNew(piece, look) {
  const [message, state] = piece.shown ?? [];
  piece.shown = [look?.message, look?.state];
  return !look || look.message !== message || look.state !== state;
}

const format = new Intl.NumberFormat(language);

/** A number with its digits grouped. @param {number} n */
export const inDigits = n => format.format(n);

/**
 * Number and capacity; the number is “—” while it is not known.
 * @param {{ look: { shown: number | null, message: { capacity: number } } | null, capacity: number }} item
 */
export const figuresOf = ({ look, capacity }) => t('console.figures', {
  shown: look && look.shown !== null ? inDigits(look.shown) : t('console.unknown'), capacity: inDigits(look?.message.capacity ?? capacity),
});

/** Why a number is not exact: names of texts, and numbers. @param {Occupancy} message @returns {{ cause: string, n: number }[]} */
export function causesOf(message) {
  if (message.confidence === 'unknown') {
    return [{ cause: 'store', n: 0 }];
  }
  return [
    { cause: 'silent', n: message.silentGates },
    { cause: 'unsent', n: message.unsent },
    { cause: 'unexplained', n: message.unexplained },
  ].filter(({ n }) => n > 0);
}
