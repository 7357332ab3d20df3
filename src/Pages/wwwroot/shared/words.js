// The page's texts, which lie in it as JSON, and its language.

/** @type {Record<string, string>} */
const texts = JSON.parse(document.getElementById('texts').textContent);

/** Texts that a part of the page has brought. @param {Record<string, string>} more */
export const addTexts = more => Object.assign(texts, more);

/** @type {'zh' | 'en'} */
export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/**
 * The text of a key, with `{name}` replaced by the value of that name.
 * @param {string} key @param {Record<string, unknown>} [values]
 * @throws {Error} The page has no such text.
 */
export function t(key, values = {}) {
  if (!has(key)) {
    throw new Error(`There is no text '${key}'.`);
  }
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** The word for a name of the service; the name itself if this page does not know it yet. @param {string} key @param {string} name */
export const wordFor = (key, name) => (has(`${key}.${name}`) ? t(`${key}.${name}`) : name);

/** Whether there is a text. A newer service may send names that this page does not know yet. @param {string} key */
export const has = key => Object.hasOwn(texts, key);

/** What something is called in the page's language. @param {{ zh: string, en: string }} names */
export const nameOf = names => names[language];
