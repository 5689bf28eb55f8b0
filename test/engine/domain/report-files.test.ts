// How reports are split into files.
import { reportTexts } from '../../../engine/src/domain/report-files';

const rows = (...values: string[]) => values.map((a) => ({ a }));

describe('as JSON (B10.2/4)', () => {
  // Around the rows are 18 bytes, each row has 9 and a comma: two rows are held against 38.
  // prettier-ignore
  test.each([
    [38, ['{"reportItems":[{"a":"x"},{"a":"y"}]}']],
    [37, ['{"reportItems":[{"a":"x"}]}', '{"reportItems":[{"a":"y"}]}']],
    [1,  ['{"reportItems":[{"a":"x"}]}', '{"reportItems":[{"a":"y"}]}']],
  ])('files of at most %d bytes', (most, texts) => {
    expect(reportTexts('JSON', ['a'], rows('x', 'y'), most)).toEqual(texts);
  });

  test('three rows of which two fit', () => {
    expect(reportTexts('JSON', ['a'], rows('x', 'y', 'z'), 38).map((text) => text.length)).toEqual([37, 27]);
    expect(reportTexts('JSON', ['a'], rows('x', 'y', 'z', 'w'), 38).map((text) => text.length)).toEqual([37, 37]);
  });

  test('three rows of which one fits', () => {
    expect(reportTexts('JSON', ['a'], rows('x', 'y', 'z'), 37)).toHaveLength(3);
  });

  test('no rows are a file, too', () => {
    expect(reportTexts('JSON', ['a'], [], 1)).toEqual(['{"reportItems":[]}']);
  });
});

describe('as CSV (B10.2/4)', () => {
  // prettier-ignore
  test.each([
    [9, ['a\r\nx\r\ny\r\n']],
    [8, ['a\r\nx\r\n', 'a\r\ny\r\n']],
  ])('files of at most %d bytes', (most, texts) => {
    expect(reportTexts('CSV', ['a'], rows('x', 'y'), most)).toEqual(texts);
  });

  test('bytes count, not letters', () => {
    expect(reportTexts('CSV', ['a'], rows('ä', 'y'), 9)).toHaveLength(2);
    expect(reportTexts('CSV', ['a'], rows('ä', 'y'), 10)).toHaveLength(1);
  });
});
