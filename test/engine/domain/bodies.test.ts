// Bodies of objects: what they read, what is known of them without a look at the bytes, and how long what is kept is needed.
import { Bodies, Body, HeldBytes } from '../../../engine/src/domain/bodies';
import { digestOf } from '../../../engine/src/kernel/digests';

const MIB = 1024 * 1024;

/** Bytes that a host keeps, of which it knows some digests. */
function kept(id: string, text: string, ...known: string[]): HeldBytes {
  const bytes = Buffer.from(text);
  const digests = Object.fromEntries(known.map((algorithm) => [algorithm, digestOf(algorithm, [bytes]) ?? '']));
  return { id, sizeBytes: bytes.length, digests, read: (from, to) => [bytes.subarray(from, to)] };
}

const unread = (id: string, text: string, ...known: string[]): HeldBytes => ({
  ...kept(id, text, ...known),
  read: () => {
    throw new Error(`${id} was read`);
  },
});

const textOf = (body: Body) => Buffer.from(body.bytes()).toString();
const sha256 = (text: string) => digestOf('SHA256', [Buffer.from(text)]);

describe('a body', () => {
  const parts = ['abc', '', 'defgh', 'i'];
  const joined = Body.join(parts.map((text, index) => Body.of(kept(`${index}`, text))));
  const whole = parts.join('');

  test('of several is one behind the other, and a slice of it that of all bytes, wherever it begins and ends', () => {
    expect([textOf(joined), joined.sizeBytes]).toEqual([whole, 9]);
    for (let from = 0; from <= 9; from++) {
      for (let to = from; to <= 9; to++) {
        const slice = joined.slice(from, to);
        expect([textOf(slice), slice.sizeBytes]).toEqual([whole.slice(from, to), to - from]);
        // A slice of a slice is one of the whole.
        const inner = slice.slice(1, 3);
        expect(textOf(inner)).toBe(whole.slice(from, to).slice(1, 3));
      }
    }
    expect([Body.EMPTY.sizeBytes, textOf(Body.EMPTY), textOf(joined.slice(9, 12))]).toEqual([0, '', '']);
  });

  test('needs of what is kept only what has bytes of it', () => {
    expect([...joined.slice(3, 8).kept().keys()]).toEqual(['2']);
    expect([...joined.slice(2, 4).kept().keys()]).toEqual(['0', '2']);
    expect([...joined.slice(0, 3).kept().keys()]).toEqual(['0']);
    expect(Body.inMemory(Buffer.from('abc')).kept().size).toBe(0);
  });

  test('in memory is read in pieces of a mebibyte', () => {
    const bytes = Buffer.alloc(2 * MIB + 1, 'x');
    const sizes = (body: Body) => [...body.read()].map(({ length }) => length);
    expect(sizes(Body.inMemory(bytes))).toEqual([MIB, MIB, 1]);
    expect(sizes(Body.inMemory(bytes).slice(1, 2 * MIB + 1))).toEqual([MIB, MIB]);
    expect(sizes(Body.inMemory(new Uint8Array()))).toEqual([]);
  });

  test('has the digests of the one that it is all of, and CRCs of all that it is joined of', () => {
    const [a, b] = [Body.of(unread('a', 'abc', 'SHA256', 'CRC32')), Body.of(unread('b', 'defgh', 'SHA256', 'CRC32'))];
    expect(a.knownDigest('SHA256')).toBe(sha256('abc'));
    expect(a.knownDigest('MD5')).toBeUndefined();
    const both = Body.join([a, b]);
    expect(both.knownDigest('CRC32')).toBe(digestOf('CRC32', [Buffer.from('abcdefgh')]));
    expect(both.knownDigest('SHA256')).toBeUndefined();
    expect(Body.join([b, Body.of(kept('c', 'i'))]).knownDigest('CRC32')).toBeUndefined();
    for (const part of [a.slice(0, 2), a.slice(1, 3), both.slice(0, 7), both.slice(1, 8), Body.EMPTY]) {
      expect(part.knownDigest('CRC32')).toBeUndefined();
    }
  });
});

describe('what is kept', () => {
  const body = Body.of(kept('a', 'abc'));

  test('is freed with the last that needs it, once, unless somebody needs it again before that is asked', () => {
    const bodies = new Bodies();
    const other = Body.join([body, Body.of(kept('b', 'd'))]);
    bodies.hold(body);
    bodies.hold(other);
    expect(bodies.needed().map(({ id }) => id)).toEqual(['a', 'b']);
    bodies.drop(other);
    expect([bodies.takeFreed(), bodies.takeFreed()]).toEqual([['b'], []]);
    bodies.drop(body);
    bodies.hold(body);
    expect([bodies.takeFreed(), bodies.needed().map(({ id }) => id)]).toEqual([[], ['a']]);
    bodies.drop(body);
    expect([bodies.takeFreed(), bodies.needed()]).toEqual([['a'], []]);
    // Nobody had it any more.
    bodies.drop(body);
    expect(bodies.takeFreed()).toEqual([]);
  });

  test('stands until whoever reads it is through, however often that says so', () => {
    const bodies = new Bodies();
    bodies.hold(body);
    const lent = bodies.lend(body);
    expect([lent.sizeBytes, Buffer.concat([...lent.read()]).toString()]).toEqual([3, 'abc']);
    bodies.drop(body);
    expect(bodies.takeFreed()).toEqual([]);
    lent.close?.();
    expect(bodies.takeFreed()).toEqual(['a']);
    bodies.hold(body);
    lent.close?.();
    expect([bodies.takeFreed(), bodies.needed()]).toHaveLength(2);
    expect(bodies.needed().map(({ id }) => id)).toEqual(['a']);
  });

  test('is kept as long as the World is where all of it was read at once', () => {
    const bodies = new Bodies();
    bodies.hold(body);
    expect(Buffer.from(bodies.bytes(body)).toString()).toBe('abc');
    bodies.drop(body);
    expect([bodies.takeFreed(), bodies.needed().map(({ id }) => id)]).toEqual([[], ['a']]);
  });
});

describe('a digest', () => {
  test('of bytes in memory is made, and not kept for another time', () => {
    const bodies = new Bodies();
    expect(bodies.digest(Body.inMemory(Buffer.from('abc')), 'SHA256')).toBe(sha256('abc'));
    expect(bodies.found).toEqual([]);
  });

  test('that is known needs no bytes', () => {
    const bodies = new Bodies();
    expect(bodies.digest(Body.of(unread('a', 'abc', 'SHA256')), 'SHA256')).toBe(sha256('abc'));
    expect(bodies.found).toEqual([]);
  });

  test('that bytes were read for is told again in the same order, when they are gone, too', () => {
    const asked = ['SHA256', 'CRC64NVME', 'MD5'];
    const [first, again] = [new Bodies(), new Bodies()];
    const made = asked.map((algorithm) => first.digest(Body.of(kept('a', 'abc')), algorithm));
    expect(made).toEqual([sha256('abc'), undefined, digestOf('MD5', [Buffer.from('abc')])]);
    expect(first.found).toEqual([made[0], made[2]]);
    again.known = [...first.found];
    expect(asked.map((algorithm) => again.digest(Body.of(unread('a', 'abc')), algorithm))).toEqual(made);
    // A call that is made again may be made a third time.
    expect(again.found).toEqual(first.found);
  });
});
