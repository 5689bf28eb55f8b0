import fc from 'fast-check';
import { hex128, uuid } from '../../../engine/src/kernel/ids';
import { below, finish, mix, mixInstant, seeded } from '../../../engine/src/kernel/prng';

describe('ids', () => {
  test('stay what they were', () => {
    const key = { kind: 'backup-job', names: ['123456789012', 'eu-central-1', 'orders'], at: 1798779600000 };
    expect(uuid(1, key)).toBe('73bd0260-c3e7-40cf-bc9f-2fa1d5478f17');
    expect(uuid(2, key)).toBe('ba0b08b1-4d69-4d09-9416-cc33756812db');
    expect(hex128(1, { kind: 'x', names: [] })).toBe('c5f20b0f3e75241a268b2797ba2d0bdf');
  });

  test('have the shape of a version 4 UUID', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), fc.nat(), (seed, name, at) => {
        expect(uuid(seed, { kind: 'plan', names: [name], at })).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });

  test('differ for names that run together', () => {
    expect(uuid(1, { kind: 'k', names: ['ab', 'c'] })).not.toBe(uuid(1, { kind: 'k', names: ['a', 'bc'] }));
  });
});

describe('chance', () => {
  test('stays what it was', () => {
    expect(finish(mixInstant(mix(seeded(1), 42), 1798779600000))).toBe(2207529187);
    expect(finish(seeded(2 ** 40 + 1))).toBe(2940848630);
  });

  test('draws evenly below a limit', () => {
    const drawn = new Float64Array(10);
    for (let i = 0; i < 100_000; i++) {
      const bin = below(finish(mix(seeded(7), i)), 10);
      drawn[bin] = (drawn[bin] ?? 0) + 1;
    }
    for (const count of drawn) {
      expect(count).toBeGreaterThan(9_500);
      expect(count).toBeLessThan(10_500);
    }
  });

  test('tells large seeds apart', () => {
    expect(seeded(1)).not.toBe(seeded(2 ** 32 + 1));
  });
});
