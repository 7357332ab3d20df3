// How plates are written.

/** As the service does it: without spaces, dots and hyphens, letters as capitals. @param {string} text */
export const plain = text => text.replace(/[\s.·•・-]/gu, '').toUpperCase();
