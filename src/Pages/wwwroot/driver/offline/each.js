// Certificates vehicle by vehicle. Loaded where a request for all of them is refused, or would ask for too many.

/**
 * A vehicle for which there are none, such as one whose share has just ended or has too many devices, does not keep the others from having
 * theirs.
 * @template T
 * @param {(string | null)[]} plates the vehicles, each as often as it is to have a certificate
 * @param {(plates: (string | null)[]) => Promise<T[]>} request gets certificates for one vehicle
 * @returns {Promise<{ got: T[], refused: Set<string | null> }>} refused: the vehicles for which there are none
 */
export async function requestEach(plates, request) {
  const got = [], refused = new Set();
  for (const plate of new Set(plates)) {
    try {
      got.push(...await request(plates.filter(other => other === plate)));
    } catch (error) {
      if (![404, 409].includes(error.status)) {
        throw error;
      }
      refused.add(plate);
    }
  }
  return { got, refused };
}
