// A tree of mixed files that changes day by day, the same for the same seed: text and random bytes, small files and large.
'use strict';

const { createCipheriv, createHash } = require('node:crypto');

const MIB = 1024 * 1024;
/** Bytes of a piece: what a file is made of and what of it changes. */
const PIECE = 64 * 1024;
/** Words of a language of its own; the first are the most frequent, as in any. */
const WORDS = Array.from({ length: 4096 }, (_, word) =>
  createHash('md5')
    .update(`word ${word}`)
    .digest('base64')
    .replace(/[^a-z]/g, '')
    .slice(0, 2 + (word % 8)),
);
const WORD_BYTES = WORDS.map((word) => Buffer.from(`${word} `));

const ZEROS = Buffer.alloc(1024 * 1024 * 4);
const FIRST_BLOCK = Buffer.alloc(16);

/** Random bytes, quickly: the stream of a cipher. */
function randomBytes(name, length) {
  const key = createHash('sha256').update(name).digest().subarray(0, 16);
  const zeros = length > ZEROS.length ? Buffer.alloc(length) : ZEROS.subarray(0, length);
  return createCipheriv('aes-128-ctr', key, FIRST_BLOCK).update(zeros);
}

/** So much text is made of words; more repeats none of it for a while, as passages are put together anew. */
const PASSAGES = 4096;
const PASSAGE_BYTES = 512;
let passages;

function passagesOf() {
  if (passages === undefined) {
    passages = Buffer.alloc(PASSAGES * PASSAGE_BYTES);
    const chance = randomBytes('passages', PASSAGES * PASSAGE_BYTES * 2);
    let at = 0;
    for (let draw = 0; at < passages.length; draw++) {
      // The cube of a number below 1: a few words are most of the text.
      const part = chance.readUInt16LE((draw * 2) % chance.length) / 65536;
      const word = WORD_BYTES[Math.floor(part ** 3 * WORD_BYTES.length)];
      at += word.copy(passages, at);
    }
  }
  return passages;
}

/** Text-like bytes: passages of the language in a random order, cut at random. */
function textBytes(name, length) {
  // Words of four bytes, copied by hand: so many short copies would take longer than storing what they make.
  const all = (words ??= wordsOf(passagesOf()));
  const text = Buffer.allocUnsafe(Math.ceil(length / 4) * 4);
  const to = wordsOf(text);
  const chance = wordsOf(randomBytes(name, Math.ceil(length / 48) * 4 + 4));
  const last = all.length - 1;
  let at = 0;
  for (let draw = 0; at < to.length; draw++) {
    const number = chance[draw];
    const end = Math.min(to.length, at + 12 + (number >>> 28));
    // There is a power of two of them, so that their end is followed by their beginning.
    for (let word = number & last; at < end; word++) {
      to[at++] = all[word & last];
    }
  }
  return text.subarray(0, length);
}

let words;

/** The same bytes as numbers of four; what Node pools stands at a multiple of eight. */
function wordsOf(bytes) {
  return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
}

/** Sizes of files: most are small, most bytes are in large ones. */
const SIZES = [1, 2, 3, 4, 6, 8, 12, 16, 24, 40, 80, 120, 200, 400, 900, 2000, 8000].map((kib) => kib * 1024);

class Tree {
  /** @param {number} bytes about how large the whole is */
  constructor(bytes) {
    this.files = [];
    this.bytes = 0;
    const mean = SIZES.reduce((sum, size) => sum + size, 0) / SIZES.length;
    const count = Math.max(SIZES.length, Math.round(bytes / mean));
    const factor = bytes / (count * mean);
    for (let number = 0; number < count; number++) {
      const size = Math.round(SIZES[number % SIZES.length] * factor);
      const pieces = new Uint16Array(Math.ceil(size / PIECE));
      const name = `${number % 50}/${Math.floor(number / 50)}.${number % 2 === 0 ? 'txt' : 'bin'}`;
      this.files.push({ name, size, pieces, changed: 0 });
      this.bytes += size;
    }
    this.files.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    const ends = [];
    this.files.reduce((sum, { size }) => (ends.push(sum + size), sum + size), 0);
    this.ends = ends;
    this.day = 0;
  }

  /** A day passes: a share of the bytes changes, in extents of up to 4 MiB within files. */
  change(share) {
    this.day++;
    const chance = randomBytes(`day ${this.day}`, 1024 * 1024);
    let left = this.bytes * share;
    for (let draw = 0; left > 0; draw++) {
      const at = (chance.readUIntLE((draw * 12) % (chance.length - 12), 6) / 2 ** 48) * this.bytes;
      const file = this.files[this.fileAt(at)];
      const first = chance.readUInt32LE((draw * 12 + 6) % (chance.length - 12)) % file.pieces.length;
      const last = Math.min(file.pieces.length, first + 64);
      for (let piece = first; piece < last; piece++) {
        file.pieces[piece] = this.day;
        left -= Math.min(PIECE, file.size - piece * PIECE);
      }
      file.changed = this.day;
    }
  }

  /** The bytes of a piece of a file as they are today. */
  piece(file, piece) {
    const name = `${file.name} ${piece} ${file.pieces[piece]}`;
    const length = Math.min(PIECE, file.size - piece * PIECE);
    return file.name.endsWith('txt') ? textBytes(name, length) : randomBytes(name, length);
  }

  fileAt(at) {
    let [low, high] = [0, this.ends.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      [low, high] = this.ends[middle] > at ? [low, middle] : [middle + 1, high];
    }
    return low;
  }
}

/**
 * The tree as a driver captures it, made while it is read.
 *
 * @param counted told how many bytes were made, and how long that took
 */
async function* entriesOf(tree, counted) {
  for (const file of tree.files) {
    yield {
      name: file.name,
      about: { mode: 420 },
      version: String(file.changed),
      sizeBytes: file.size,
      bytes: async function* () {
        for (let piece = 0; piece < file.pieces.length; piece++) {
          const began = process.hrtime.bigint();
          const bytes = tree.piece(file, piece);
          counted.nanoseconds += process.hrtime.bigint() - began;
          counted.bytes += bytes.length;
          yield bytes;
        }
      },
    };
  }
}

/** Reads what was captured of a tree as it is today; every tenth file is held against it. @throws when it is another */
async function refuseOther(tree, entries) {
  let [number, read] = [0, 0];
  for await (const entry of entries) {
    const file = tree.files[number++];
    let size = 0;
    const parts = [];
    for await (const bytes of entry.bytes()) {
      size += bytes.length;
      if (number % 10 === 0) {
        parts.push(bytes);
      }
    }
    const whole = Buffer.concat(parts);
    const same = number % 10 !== 0 || Array.from(file.pieces).every((_, piece) => isPiece(tree, file, piece, whole));
    if (entry.name !== file.name || size !== file.size || !same) {
      throw new Error(`${entry.name} is not what was stored`);
    }
    read += size;
  }
  return read;
}

function isPiece(tree, file, piece, whole) {
  return tree.piece(file, piece).equals(whole.subarray(piece * PIECE, (piece + 1) * PIECE));
}

module.exports = { MIB, PIECE, Tree, entriesOf, refuseOther };
