import * as fs from 'node:fs';
import * as path from 'node:path';
import { DEFAULT_PRICES } from '../../../engine/src/cost/default-prices';
import { readPriceBook } from '../../../engine/src/cost/price-book';
import { MemoryFiles } from '../../../engine/src/host/files';
import { ROOT } from '../../support/sources';

const FACTS = fs.readFileSync(path.join(ROOT, 'docs', 'facts.md'), 'utf8').split('\n');
/** AWS quotes some by the thousand or the million. */
const BY = [1, 1_000, 1_000_000];

/** What a fact says, with its figures and the middles of its ranges. */
function factOf(source: string): { readonly text: string; readonly figures: readonly number[] } {
  const [, id = ''] = /^docs\/facts\.md, (B16\.2\/\d+)$/.exec(source) ?? [];
  const text = FACTS.find((line) => line.includes(`\`${id}\``)) ?? '';
  const ranges = [...text.matchAll(/(\d+\.\d+) to (\d+\.\d+)/g)].map(
    ([, low, high]) => (Number(low) + Number(high)) / 2,
  );
  // A full stop may follow a figure.
  const figures = [...text.matchAll(/\d+(?:\.\d+)?/g)].map(([figure]) => Number(figure));
  return { text, figures: [...figures, ...ranges] };
}

const near = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;

test.each(DEFAULT_PRICES.prices.map((price) => [`${price.item} in ${price.region}`, price] as const))(
  'has a fact that says so: %s',
  (_, price) => {
    const { text, figures } = factOf(price.source);
    expect(text).not.toBe('');
    // In a vault of its own kind most cost what a standard one costs.
    const standard = factOf('docs/facts.md, B16.2/1').figures;
    const known = price.item.startsWith('storage/air-gapped/') ? [...figures, ...standard] : figures;
    const usd = Number(price.usd);
    expect(
      usd === 0 ? /nothing|no transfer/.test(text) : BY.some((by) => known.some((one) => near(one, usd * by))),
    ).toBe(true);
    expect(text.includes(price.region) || price.region === 'us-east-1').toBe(true);
  },
);

test('each stands once, with its day and how sure it is, and is a book that can be read', () => {
  const keys = DEFAULT_PRICES.prices.map(({ item, region }) => `${item} ${region}`);
  expect(new Set(keys).size).toBe(keys.length);
  const files = new MemoryFiles(new Map([['prices.json', JSON.stringify(DEFAULT_PRICES)]]));
  expect(readPriceBook('prices.json', files).prices).toHaveLength(DEFAULT_PRICES.prices.length);
});
