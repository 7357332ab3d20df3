// Draws a text as a QR symbol (ISO/IEC 18004): alphanumeric mode, error correction level M, versions 7 to 15.

import { Alphabet } from './base45.js';
import { withCorrection } from './correction.js';

/** Light modules on each side, as the standard requires. */
const QuietZone = 4;

const Smallest = 7, Largest = 15;

/** Level M from version 7 on: how many bytes of correction each block has, and how many blocks there are. */
const Blocks = [[18, 4], [22, 4], [22, 5], [26, 5], [30, 5], [22, 8], [22, 9], [24, 9], [24, 10]];

const sizeOf = version => 17 + 4 * version;

/** How many alignment patterns lie along a side. */
const alignmentsOf = version => Math.floor(version / 7) + 2;

/** All bytes of a symbol: the modules that are left beside patterns, format and version. */
function bytesOf(version) {
  const count = alignmentsOf(version);
  return (16 * version + 128) * version + 64 - ((25 * count - 10) * count - 55) - 36 >> 3;
}

function dataBytesOf(version) {
  const [correction, count] = Blocks[version - Smallest];
  return bytesOf(version) - correction * count;
}

/** A text's length is written in this many bits. */
const countBitsOf = version => (version < 10 ? 9 : 11);

/**
 * The smallest symbol for a text, with the mask that readers like best.
 * @param {string} text at most 600 characters of the alphanumeric set
 * @returns {{ side: number, path: string }} side: in modules, with the quiet zone; path: what an SVG path's `d` has, in strokes one
 *   module wide, as the service draws its codes
 * @throws {RangeError} The text is longer, or has another character.
 */
export function symbolOf(text) {
  const modules = encode(text);
  return { side: modules.length + 2 * QuietZone, path: pathOf(modules) };
}

/** The modules of `symbolOf`, row by row: 1 is dark. @returns {Uint8Array[]} */
function encode(text) {
  const needed = 4 + Math.floor(text.length / 2) * 11 + text.length % 2 * 6;
  let version = Smallest;
  while (version <= Largest && needed + countBitsOf(version) > dataBytesOf(version) * 8) {
    version++;
  }
  if (version > Largest) {
    throw new RangeError(`A text of ${text.length} characters does not fit.`);
  }
  const { modules, isFixed } = patterns(version);
  placeBytes(modules, isFixed, withCorrection(dataOf(text, version), ...Blocks[version - Smallest]));
  let best = null, least = Infinity;
  for (let i = 0; i < Masks.length; i++) {
    const candidate = masked(modules, isFixed, i);
    const penalty = penaltyOf(candidate);
    if (penalty < least) {
      [best, least] = [candidate, penalty];
    }
  }
  return best;
}

/** The text in alphanumeric mode, filled up to the symbol's size. */
function dataOf(text, version) {
  const data = new Uint8Array(dataBytesOf(version));
  let at = 0;
  const write = (value, bits) => {
    for (let i = bits - 1; i >= 0; i--, at++) {
      data[at >> 3] |= (value >> i & 1) << (7 - at % 8);
    }
  };
  const values = [...text].map(character => {
    const value = Alphabet.indexOf(character);
    if (value < 0) {
      throw new RangeError('There is a character that is not alphanumeric.');
    }
    return value;
  });
  write(2, 4);
  write(values.length, countBitsOf(version));
  for (let i = 0; i < values.length; i += 2) {
    if (i + 1 < values.length) {
      write(values[i] * 45 + values[i + 1], 11);
    } else {
      write(values[i], 6);
    }
  }
  // The end, as far as there is room for it, up to a whole byte; then the two bytes that fill.
  at = Math.min(at + 4, data.length * 8);
  for (let i = at + 7 >> 3, fill = 0xEC; i < data.length; i++, fill ^= 0xEC ^ 0x11) {
    data[i] = fill;
  }
  return data;
}

/** What is the same in every symbol of a version, and the version. `isFixed`: modules that hold no data. */
function patterns(version) {
  const size = sizeOf(version);
  const modules = Array.from({ length: size }, () => new Uint8Array(size));
  const isFixed = Array.from({ length: size }, () => new Uint8Array(size));
  const set = (x, y, isDark) => {
    if (x >= 0 && y >= 0 && x < size && y < size) {
      modules[y][x] = isDark ? 1 : 0;
      isFixed[y][x] = 1;
    }
  };
  for (let i = 0; i < size; i++) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const rings = (x, y, radius, isDark) => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        set(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    rings(x, y, 4, ring => ring !== 2 && ring !== 4);
  }
  const places = alignmentPlaces(version), last = places.length - 1;
  places.forEach((x, i) => places.forEach((y, j) => {
    const isAtFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
    if (!isAtFinder) {
      rings(x, y, 2, ring => ring !== 1);
    }
  }));
  const code = version << 12 | remainderOf(version, 12, 0x1F25);
  for (let i = 0; i < 18; i++) {
    const a = size - 11 + i % 3, b = Math.floor(i / 3);
    set(a, b, code >> i & 1);
    set(b, a, code >> i & 1);
  }
  // Kept free for the format, which has the mask.
  writeFormat(size, 0, set);
  return { modules, isFixed };
}

function alignmentPlaces(version) {
  const count = alignmentsOf(version), size = sizeOf(version);
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, i) => size - 7 - (count - 2 - i) * step)];
}

/** The remainder of a number, as a polynomial with coefficients 0 and 1, times x to the degree. */
function remainderOf(value, degree, generator) {
  let rest = value << degree;
  for (let i = 31 - Math.clz32(rest); i >= degree; i = 31 - Math.clz32(rest)) {
    rest ^= generator << (i - degree);
  }
  return rest;
}

/** Level M is 00; so the format's five bits are the mask. */
function writeFormat(size, mask, set) {
  const code = (mask << 10 | remainderOf(mask, 10, 0x537)) ^ 0x5412;
  for (let i = 0; i < 15; i++) {
    const isDark = code >> i & 1;
    // Around the first finder; the timing pattern is jumped over.
    if (i < 8) {
      set(8, i < 6 ? i : i + 1, isDark);
      set(size - 1 - i, 8, isDark);
    } else {
      set(i === 8 ? 7 : 14 - i, 8, isDark);
      set(8, size - 15 + i, isDark);
    }
  }
  set(8, size - 8, 1);
}

/** Fills the modules that are left in pairs of columns from the right, up and down in turn. */
function placeBytes(modules, isFixed, bytes) {
  const size = modules.length;
  let at = 0, isUp = true;
  for (let right = size - 1; right > 0; right -= 2, isUp = !isUp) {
    if (right === 6) {
      right--;
    }
    for (let i = 0; i < size; i++) {
      const y = isUp ? size - 1 - i : i;
      for (const x of [right, right - 1]) {
        if (!isFixed[y][x]) {
          modules[y][x] = bytes[at >> 3] >> (7 - at % 8) & 1;
          at++;
        }
      }
    }
  }
}

/** Which data modules each mask inverts. */
const Masks = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  x => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => x * y % 2 + x * y % 3 === 0,
  (x, y) => (x * y % 2 + x * y % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + x * y % 3) % 2 === 0,
];

function masked(modules, isFixed, mask) {
  const isInverted = Masks[mask];
  const result = modules.map((row, y) => row.map((module, x) => (!isFixed[y][x] && isInverted(x, y) ? module ^ 1 : module)));
  writeFormat(result.length, mask, (x, y, isDark) => {
    result[y][x] = isDark;
  });
  return result;
}

/** How hard a symbol is to read: long runs, squares, what looks like a finder, and too much of one colour. */
function penaltyOf(modules) {
  const size = modules.length;
  let penalty = 0, dark = 0;
  for (let i = 0; i < size; i++) {
    penalty += penaltyOfLine(j => modules[i][j], size) + penaltyOfLine(j => modules[j][i], size);
    for (let j = 0; j < size; j++) {
      const module = modules[i][j];
      dark += module;
      if (i > 0 && j > 0 && module === modules[i - 1][j] && module === modules[i][j - 1] && module === modules[i - 1][j - 1]) {
        penalty += 3;
      }
    }
  }
  return penalty + Math.floor(Math.abs(dark * 20 / size ** 2 - 10)) * 10;
}

/** 1011101 with four light modules on one side. */
const FinderLike = [0b10111010000, 0b00001011101];

function penaltyOfLine(at, size) {
  let penalty = 0, run = 0, last = -1, eleven = 0;
  for (let i = 0; i < size; i++) {
    const module = at(i);
    run = module === last ? run + 1 : 1;
    last = module;
    penalty += run === 5 ? 3 : run > 5 ? 1 : 0;
    eleven = (eleven << 1 | module) & 0x7FF;
    if (i >= 10 && FinderLike.includes(eleven)) {
      penalty += 40;
    }
  }
  return penalty;
}

/** A stroke for each run of dark modules. It lies half a unit below its row's upper edge. */
function pathOf(modules) {
  let path = '';
  modules.forEach((row, y) => {
    let pen = -1;
    for (let x = 0; x < row.length; x++) {
      if (row[x]) {
        const start = x;
        while (row[x]) {
          x++;
        }
        path += pen < 0 ? `M${start + QuietZone} ${y + QuietZone}.5h${x - start}` : `m${start - pen} 0h${x - start}`;
        pen = x;
      }
    }
  });
  return path;
}
