// Pages of a list of keys: each key and prefix comes once, whatever the length of a page.
import { listKeys } from '../../../engine/src/domain/object-listing';

const KEYS = ['/', '/a', 'a', 'b/1', 'b/2', 'b0', 'c/', 'c/1'];

/** Every key and prefix of all pages, in the order in which they come. */
function all(props: { delimiter: string; most: number; prefix?: string }): string[] {
  const found: string[] = [];
  let after = '';
  for (let page = 0; page <= KEYS.length; page++) {
    const { keys, prefixes, next } = listKeys(KEYS, { prefix: '', after, ...props });
    expect(keys.length + prefixes.length).toBeLessThanOrEqual(props.most);
    found.push(...[...keys, ...prefixes].sort());
    if (next === undefined) {
      return found;
    }
    after = next;
  }
  throw new Error('the pages do not end');
}

test.each([1, 2, 3, 10])('pages of %d', (most) => {
  expect(all({ delimiter: '', most })).toEqual(KEYS);
  expect(all({ delimiter: '/', most }).sort()).toEqual(['/', 'a', 'b/', 'b0', 'c/']);
  expect(all({ delimiter: '/', prefix: 'b/', most })).toEqual(['b/1', 'b/2']);
});

// prettier-ignore
test.each([
  // A page that is full says where the next one begins, be its last line a key or a prefix.
  [{ most: 1, delimiter: '/' },              { keys: [], prefixes: ['/'], next: '/' }],
  [{ most: 2, delimiter: '/' },              { keys: ['a'], prefixes: ['/'], next: 'a' }],
  [{ most: 3, delimiter: '/' },              { keys: ['a'], prefixes: ['/', 'b/'], next: 'b/' }],
  [{ most: 4, delimiter: '/' },              { keys: ['a', 'b0'], prefixes: ['/', 'b/'], next: 'b0' }],
  [{ most: 5, delimiter: '/' },              { keys: ['a', 'b0'], prefixes: ['/', 'b/', 'c/'], next: undefined }],
  // Behind a key that ends as a prefix does, what is below it comes, unless prefixes are rolled up.
  [{ most: 9, delimiter: '', after: 'c/' },  { keys: ['c/1'], prefixes: [], next: undefined }],
  [{ most: 9, delimiter: '/', after: 'c/' }, { keys: [], prefixes: [], next: undefined }],
])('a page of %j', (props, page) => {
  expect(listKeys(KEYS, { prefix: '', after: '', ...props })).toEqual(page);
});
