import { daysAfter, formatInstant, NEVER, parseInstant, shortInstant } from '../../../engine/src/kernel/instant';

describe('instant', () => {
  // prettier-ignore
  test.each([
    ['2027-01-01',                    '2027-01-01T00:00:00.000Z'],
    ['2027-01-01T05:00Z',             '2027-01-01T05:00:00.000Z'],
    ['2027-01-01T05:00:10.5Z',        '2027-01-01T05:00:10.500Z'],
    ['2027-01-01T05:00:00+02:00',     '2027-01-01T03:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    expect(formatInstant(parseInstant(text))).toBe(expected);
  });

  test.each(['', 'tomorrow', '2027-02-30', '2027-01-01T05:00', '2027-13-01', '1798779600000'])(
    'fails on %p',
    (text) => {
      expect(() => parseInstant(text)).toThrow(`got '${text}'`);
    },
  );

  test('counts days of 24 hours', () => {
    expect(formatInstant(daysAfter(parseInstant('2026-01-01T05:10Z'), 35))).toBe('2026-02-05T05:10:00.000Z');
  });

  test('has a word for what never comes', () => {
    expect(shortInstant(NEVER)).toBe('never');
    expect(shortInstant(parseInstant('2027-01-01'))).toBe('2027-01-01T00:00:00Z');
  });
});
