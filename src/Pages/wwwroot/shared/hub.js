// A client of the service's hubs: the JSON hub protocol of SignalR on a WebSocket, without negotiation. It connects for ever.

import { openSession } from './session.js';

const End = '\x1e';
const Message = { invocation: 1, completion: 3, ping: 6, close: 7 };
const QuietLimit = 12_000, FirstPause = 500, LongestPause = 2_000, SoundAfter = 5_000;

/** The hub has refused a call; the connection goes on. */
export class RefusedError extends Error { }

/** There is no connection, or it has ended before the answer. */
class LostError extends Error { }

/**
 * @typedef {object} HubOptions
 * @property {Record<string, (...values: any[]) => void>} on what to do when the service calls a method; others are passed over
 * @property {() => unknown} [onOpen] called after each new connection; it subscribes again. The hub is live when its promise is fulfilled
 * @property {(state: 'connecting' | 'live' | 'lost') => void} [onState] called when the state changes
 */

/** A connection to one hub. It is `lost` when it ends, or when nothing has come for 12 s; the service says something every 5 s. */
export class Hub {
  /** @type {WebSocket | null} */
  #socket = null;
  #options;
  #path;
  #buffer = '';
  #isOpen = false;
  #lastCall = 0;
  #calls = new Map();
  #pause = FirstPause;
  #retry = 0;
  #liveSince = 0;

  /** When something last came, or a connection was asked for: by the steady clock, and by the other. */
  #steady = 0;
  #wall = 0;

  /** @type {'connecting' | 'live' | 'lost'} */
  state = 'connecting';

  /** Until when the service was heard before the connection was last lost: milliseconds since 1970 by this browser's clock; 0 if never. */
  liveUntil = 0;

  /** @param {string} path @param {HubOptions} options */
  constructor(path, options) {
    this.#path = path;
    this.#options = options;
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
    setInterval(() => this.#check(), 1_000);
    this.#connect();
  }

  /**
   * How long nothing has come, in milliseconds. Counts by the clock that has gone further: one may be set back, and the other may stand
   * still while the machine sleeps.
   */
  get quiet() {
    return Math.max(performance.now() - this.#steady, Date.now() - this.#wall, 0);
  }

  /**
   * Calls a method of the hub.
   * @param {string} target @param {...unknown} values
   * @returns {Promise<any>} its result; rejected with a RefusedError if the hub refuses, and otherwise if the connection ends before
   */
  invoke(target, ...values) {
    if (!this.#isOpen) {
      return Promise.reject(new LostError('There is no connection.'));
    }
    const id = String(++this.#lastCall);
    return new Promise((resolve, reject) => {
      this.#calls.set(id, { resolve, reject });
      this.#send({ type: Message.invocation, invocationId: id, target, arguments: values });
    });
  }

  #connect() {
    this.#noteTime();
    this.#buffer = '';
    const socket = this.#socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${this.#path}`);
    socket.onopen = () => socket === this.#socket && this.#send({ protocol: 'json', version: 1 });
    socket.onmessage = event => socket === this.#socket && this.#receive(event.data);
    socket.onclose = () => this.#end(socket);
  }

  /** @param {object} message */
  #send(message) {
    this.#socket.send(JSON.stringify(message) + End);
  }

  /** @param {string} data */
  #receive(data) {
    const socket = this.#socket;
    this.#noteTime();
    const records = (this.#buffer + data).split(End);
    this.#buffer = records.pop();
    for (const record of records) {
      if (socket !== this.#socket) {
        return;
      }
      this.#handle(JSON.parse(record), socket);
    }
  }

  #handle(message, socket) {
    if (!this.#isOpen) {
      // The answer to the handshake: empty, or an error.
      if (message.error) {
        this.#end(socket);
        return;
      }
      this.#isOpen = true;
      this.#opened(socket);
    } else if (message.type === Message.invocation) {
      this.#options.on[message.target]?.(...message.arguments);
    } else if (message.type === Message.completion) {
      const call = this.#calls.get(message.invocationId);
      this.#calls.delete(message.invocationId);
      if (message.error) {
        call?.reject(new RefusedError(message.error));
      } else {
        call?.resolve(message.result);
      }
    } else if (message.type === Message.ping) {
      // Our own timers are slow in a hidden tab; the service's are not.
      this.#send({ type: Message.ping });
    } else if (message.type === Message.close) {
      this.#end(socket);
    }
  }

  async #opened(socket) {
    try {
      await this.#options.onOpen?.();
      if (socket === this.#socket) {
        this.#liveSince = performance.now();
        this.#become('live');
      }
    } catch (error) {
      if (!(error instanceof LostError)) {
        reportError(error);
      }
      this.#end(socket);
    }
  }

  /** Ends a connection, if it is still the current one, and plans the next. */
  #end(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.#isOpen = false;
    socket.onclose = null;
    socket.close();
    for (const call of this.#calls.values()) {
      call.reject(new LostError('The connection has ended.'));
    }
    this.#calls.clear();
    if (this.state === 'live') {
      this.liveUntil = Date.now() - this.quiet;
      if (performance.now() - this.#liveSince > SoundAfter) {
        this.#pause = FirstPause;
      }
    }
    this.#become('lost');
    this.#plan();
  }

  /** Plans the next attempt: not all pages at once. */
  #plan() {
    this.#retry = setTimeout(() => this.#connectAgain(), this.#pause * (1 - Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, LongestPause);
  }

  /**
   * Connects once the service answers a request. Browsers hold sockets back for seconds after many have failed, but not requests. If the
   * session has ended, this leads to the sign-in.
   */
  async #connectAgain() {
    clearTimeout(this.#retry);
    this.#retry = 0;
    try {
      await openSession();
      this.#connect();
    } catch {
      this.#plan();
    }
  }

  #check() {
    if (this.#socket && this.quiet > QuietLimit) {
      this.#end(this.#socket);
    }
  }

  #hurry() {
    this.#check();
    if (this.#retry) {
      this.#connectAgain();
    }
  }

  #noteTime() {
    [this.#steady, this.#wall] = [performance.now(), Date.now()];
  }

  #become(state) {
    if (this.state !== state) {
      this.state = state;
      this.#options.onState?.(state);
    }
  }
}
