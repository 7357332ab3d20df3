// One past stay: what it cost line by line, and how it became what it is, version by version.

import { clone, setText } from '../shared/dom.js';
import { fillLines, money } from '../shared/quotes.js';
import { call } from '../shared/session.js';
import { t, wordFor } from '../shared/words.js';
import { paintDispute } from './disputes.js';
import { facility } from './facilities.js';
import { momentOf } from './stay-times.js';

/** What is reported later than this is late: a gate that is connected reports within seconds. */
const Late = 2 * 60_000;

/** A row of the list. What it says when it is open is read then, and again after the stay has changed. */
export class PastStay {
  #stay;
  #goTo;
  /** Of which version it is shown; null for none. @type {string | null} */
  #shown = null;
  #isNew = true;

  /** @param {any} stay @param {(id: string) => Promise<boolean>} goTo opens another stay */
  constructor(stay, goTo) {
    const { root, part } = clone('past-stay');
    [this.#stay, this.#goTo] = [stay, goTo];
    [this.root, this.part] = [root, part];
    root.id = `stay-${stay.id}`;
    root.addEventListener('toggle', () => this.#fill());
    part.retry.addEventListener('click', () => this.#fill());
    part.whole.addEventListener('click', () => this.#goToWhole());
  }

  /** The stay as it is now. @param {any} stay @param {boolean} hasDraft whether something was written about it that was not sent */
  show(stay, hasDraft) {
    this.#stay = stay;
    this.root.open ||= this.#isNew && hasDraft;
    this.#isNew = false;
    paintDispute(this.part, stay);
    this.#fill();
  }

  async #fill() {
    const stay = this.#stay;
    const version = `${stay.isArchived ?? false} ${stay.version}`;
    if (!this.root.open || this.#shown === version) {
      return;
    }
    this.#shown = version;
    this.part.failed.hidden = true;
    try {
      const story = await storyOf(stay);
      if (this.#shown === version) {
        this.#paint(story);
      }
    } catch {
      if (this.#shown === version) {
        this.#shown = null;
        this.part.failed.hidden = false;
      }
    }
  }

  /** @param {Awaited<ReturnType<typeof storyOf>>} story */
  #paint({ stay, price, displayed, versions }) {
    const { part } = this;
    const { zone } = facility(stay.facility);
    part.table.hidden = !price;
    if (price) {
      fillLines(part.lines, price, zone, t('driver.total'));
    }
    const isOther = price && displayed !== undefined && displayed !== price.total;
    setText(part.displayed, isOther ? t('history.displayed', { fee: money(displayed, price.currency) }) : '');
    setText(part.why, stay.doubts ? t('history.why', { doubts: doubtsOf(stay.doubts) }) : '');
    part.whole.hidden = !stay.supersededBy;
    this.whole = stay.supersededBy;
    part.story.hidden = versions.length === 0;
    setText(part.count, t('history.versions', { count: versions.length }));
    part.versions.replaceChildren(...versions.map(version => versionOf(version, zone, price?.currency ?? 'CNY')));
  }

  async #goToWhole() {
    setText(this.part.lost, await this.#goTo(this.whole) ? '' : t('history.wholeNotFound'));
  }
}

/**
 * A stay with its price and its versions: of the live store, where each has its cause, as long as that remembers it; then of the archive.
 */
async function storyOf(stay) {
  if (!stay.isArchived) {
    try {
      const { body } = await call('GET', `/v1/stays/${stay.id}`);
      return { stay: body, price: body.quote, displayed: undefined, versions: body.revisions };
    } catch (error) {
      if (error.status !== 404) {
        throw error;
      }
    }
  }
  const { body } = await call('GET', `/v1/me/archive/stays/${stay.id}`);
  const last = body.versions.at(-1);
  return {
    stay: body.stay,
    price: last?.lines ? last : null,
    displayed: last?.displayed,
    // A version of which the driver is told no change is none to them.
    versions: body.versions.map((version, index) => ({ ...version, isFirst: index === 0 }))
      .filter(({ isFirst, changes }) => isFirst || changes.length > 0),
  };
}

const doubtsOf = doubts => doubts.map(doubt => wordFor('history.doubt', doubt)).join(t('history.and'));

/** @param {any} version @param {string} zone @param {string} currency */
function versionOf(version, zone, currency) {
  const { root, part } = clone('stay-version');
  const happened = factOf(version) ?? version.at;
  setText(part.title, titleOf(version));
  setText(part.when, isLate(version)
    ? t('history.whenLate', { time: momentOf(happened, zone), reported: momentOf(version.at, zone) })
    : momentOf(happened, zone));
  part.changes.replaceChildren(...changesOf(version, zone, currency).map(text => {
    const line = document.createElement('li');
    line.textContent = text;
    return line;
  }));
  return root;
}

/** When the fact was that a version is about: as it is told, or the passage that it added. */
function factOf(version) {
  const passage = version.changes.find(change => ['enteredAt', 'exitedAt'].includes(change.member) && change.to);
  return version.occurredAt ?? passage?.to;
}

const isLate = version => Date.parse(version.at) - Date.parse(factOf(version)) > Late;

/** Because of what: a passage that became known says more than that a code was shown. */
function titleOf(version) {
  if (version.isFirst) {
    return t('history.first');
  }
  const of = member => version.changes.find(change => change.member === member);
  const isScan = !version.cause || ['scan', 'late_scan'].includes(version.cause);
  const late = isLate(version) ? 'Late' : '';
  if (isScan && of('enteredAt')?.to) {
    return t(`history.entry${late}`);
  }
  if (isScan && of('exitedAt')?.to) {
    return t(`history.exit${late}`);
  }
  if (version.cause) {
    return wordFor('history.cause', version.cause);
  }
  return t(of('state')?.from === 'provisional' ? 'history.barrier' : 'history.other');
}

/** What changed, each in a sentence. @returns {string[]} */
function changesOf(version, zone, currency) {
  return version.changes.map(({ member, from, to }) => {
    const at = value => momentOf(value, zone);
    const fee = value => money(Number(value), version.currency ?? currency);
    switch (member) {
      case 'enteredAt':
        return fromTo('begins', from && at(from), to && at(to));
      case 'endedAt':
        return fromTo('ends', from && at(from), to && at(to));
      case 'fee':
        return fromTo('fee', from && fee(from), to && fee(to));
      case 'state':
        return t('history.change.state', { from: wordFor('driver.state', from), to: wordFor('driver.state', to) });
      case 'ending':
        return to === 'open' || (to === 'exited' && from === 'open') ? '' : wordFor('history.ending', to);
      case 'doubts':
        return to ? t('history.why', { doubts: doubtsOf(to.split(' ')) }) : t('history.change.noDoubts');
      default:
        return '';
    }
  }).filter(Boolean);
}

/** A change of a value: it is new, another one, or gone. */
function fromTo(key, from, to) {
  const how = from && to ? 'other' : to ? 'new' : 'gone';
  return t(`history.change.${key}.${how}`, { from, to });
}
