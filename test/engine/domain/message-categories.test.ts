// Which jobs a filter by message category lets pass.
import { passesCategory } from '../../../engine/src/domain/message-categories';

// prettier-ignore
test.each([
  [undefined,       'SUCCESS',        true],
  [undefined,       undefined,        true],
  ['success',       'SUCCESS',        true],
  ['SUCCESS',       'Success',        true],
  ['AccessDenied',  'SUCCESS',        false],
  ['AccessDenied',  undefined,        false],
  ['*',             undefined,        true],
  ['any',           'AccessDenied',   true],
  ['aggregate_all', 'AccessDenied',   true],
])('asked for %p, of category %p: %p', (asked, category, passes) => {
  expect(passesCategory(asked, category)).toBe(passes);
});
