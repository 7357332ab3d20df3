// A field in which a facility is chosen. A large city's offers the facilities that are known, and its districts, to fetch theirs.

import { nameOf, t } from '../shared/words.js';
import { city, facilitiesOf, fetchFacilities, isFetched, onFacilities } from './city.js';

/**
 * Adds the facilities that this person may watch to the options of a field, and adds those that become known later.
 * Call it before other listeners are added: they must not take a chosen district for a facility.
 * @param {HTMLSelectElement} select
 * @param {(facility: import('./city.js').Facility) => boolean} [isMeant] which facilities to offer; all if it is left out
 */
export function offerFacilities(select, isMeant = () => true) {
  const first = [...select.options];
  const fill = () => {
    const chosen = select.value;
    const districts = document.createElement('optgroup');
    districts.label = t('console.district.others');
    for (const scope of city.isLarge ? city.scopes.filter(one => one.startsWith('district:') && !isFetched(one)) : []) {
      districts.append(new Option(nameOf(city.districts.find(({ id }) => scope === `district:${id}`).name), scope));
    }
    select.replaceChildren(
      ...first,
      ...city.facilities.filter(isMeant).map(({ id, name }) => new Option(nameOf(name), id)),
      ...districts.children.length > 0 ? [districts] : []);
    select.value = chosen;
  };
  select.addEventListener('change', event => {
    const scope = select.value;
    if (scope.startsWith('district:')) {
      event.stopImmediatePropagation();
      fetchFacilities(scope).then(() => {
        select.value = facilitiesOf(scope).find(isMeant)?.id ?? '';
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }, () => { select.value = first[0]?.value ?? city.facilities[0]?.id ?? ''; });
    }
  });
  fill();
  onFacilities(fill);
}

/** The facility that an address names, or else the first that is known; null while none is. @param {string | null} id */
export const facilityOr = id => city.byId.get(id) ?? city.facilities[0] ?? null;
