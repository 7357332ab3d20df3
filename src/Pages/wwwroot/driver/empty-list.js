// What stands in the place of a list that has nothing in it.

/** @param {HTMLElement} list @param {string} words */
export function paintEmpty(list, words) {
  const text = document.createElement('p');
  text.className = 'empty';
  text.textContent = words;
  list.replaceChildren(text);
}
