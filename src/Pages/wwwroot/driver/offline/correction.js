// The bytes with which a reader mends a damaged symbol: Reed-Solomon codes over the field of 256 elements (ISO/IEC 18004, 7.5 and 7.6).

/**
 * The data in blocks, each with its correction, both interleaved.
 * @param {Uint8Array} data @param {number} correction how many bytes of correction each block has @param {number} count of blocks
 * @returns {number[]}
 */
export function withCorrection(data, correction, count) {
  const short = Math.floor(data.length / count), longFrom = count - data.length % count;
  const generator = generatorOf(correction);
  const blocks = [];
  for (let i = 0, from = 0; i < count; i++) {
    const block = data.subarray(from, from += short + (i >= longFrom ? 1 : 0));
    blocks.push({ block, rest: remainder(block, generator) });
  }
  const bytes = [];
  for (let i = 0; i <= short; i++) {
    bytes.push(...blocks.filter(({ block }) => i < block.length).map(({ block }) => block[i]));
  }
  for (let i = 0; i < correction; i++) {
    bytes.push(...blocks.map(({ rest }) => rest[i]));
  }
  return bytes;
}

/** Powers of 2 in the field of 256 elements, whose polynomial is x⁸ + x⁴ + x³ + x² + 1, and their exponents. */
const Powers = new Uint8Array(255), Exponents = new Uint8Array(256);
for (let i = 0, power = 1; i < 255; i++) {
  Powers[i] = power;
  Exponents[power] = i;
  power = power << 1 ^ (power >> 7) * 0x11D;
}

const product = (a, b) => (a && b ? Powers[(Exponents[a] + Exponents[b]) % 255] : 0);

/** The polynomial (x − 2⁰)(x − 2¹)… without its first coefficient, which is 1. */
function generatorOf(degree) {
  const generator = new Uint8Array(degree);
  generator[degree - 1] = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) {
      generator[j] = product(generator[j], Powers[i]) ^ (generator[j + 1] ?? 0);
    }
  }
  return generator;
}

/** What is left of a block, divided by the generator: its correction. */
function remainder(block, generator) {
  const rest = new Uint8Array(generator.length);
  for (const byte of block) {
    const factor = byte ^ rest[0];
    rest.copyWithin(0, 1);
    rest[rest.length - 1] = 0;
    for (let i = 0; i < rest.length; i++) {
      rest[i] ^= product(generator[i], factor);
    }
  }
  return rest;
}
