/**
 * Prices as data: what each thing costs in a Region, since when that is known, and how surely.
 *
 * Pure: reads and looks up; which thing a line of usage is priced by stands in price-items.ts.
 * Units    `usd` is decimal text in dollars of the United States; prices are compared and multiplied as whole
 *          picodollars.
 * Source   B16.2.
 */
import { type FileSource, IngestRefusal } from '../ingest/artifact';
import { readJsonFile } from '../ingest/document';

export type Confidence = 'high' | 'medium' | 'low';

/** What a price is for one of. GiB-month: a GiB for the whole of a month, whichever. */
export type PriceUnit = 'GiB-month' | 'GiB' | 'piece';

export interface Price {
  /** E.g. `storage/warm/efs`, `transfer/cross-region`. */
  readonly item: string;
  /** Region that it holds in. */
  readonly region: string;
  /** Region that a transfer goes to; any unless given. */
  readonly to?: string;
  /** Decimal, e.g. `0.0125`. */
  readonly usd: string;
  readonly unit: PriceUnit;
  /** Day on which it was read, `2026-11-26`. */
  readonly date: string;
  readonly source: string;
  readonly confidence: Confidence;
}

export interface PriceBook {
  readonly schema: 'holdfast.prices/1';
  /** What the book is called in answers. */
  readonly name: string;
  readonly currency: 'USD';
  readonly prices: readonly Price[];
}

const UNITS: readonly string[] = ['GiB-month', 'GiB', 'piece'];
const CONFIDENCES: readonly string[] = ['high', 'medium', 'low'];
const PICO_DIGITS = 12;

/** A price book that answers. */
export class Prices {
  private readonly byKey = new Map<string, Price>();

  constructor(readonly book: PriceBook) {
    for (const price of book.prices) {
      this.byKey.set(keyOf(price.item, price.region, price.to ?? ''), price);
    }
  }

  /** The price of an item in a Region; that of the pair of Regions goes before that of the one. */
  tryFind(item: string, region: string, to = ''): Price | undefined {
    return this.byKey.get(keyOf(item, region, to)) ?? this.byKey.get(keyOf(item, region, ''));
  }
}

/** A price in whole picodollars. */
export function picodollars({ usd }: Price): bigint {
  const [whole = '0', part = ''] = usd.split('.');
  return BigInt(`${whole}${part.padEnd(PICO_DIGITS, '0').slice(0, PICO_DIGITS)}`);
}

/**
 * Reads a price book from a file.
 *
 * @throws IngestRefusal naming file and property
 */
export function readPriceBook(file: string, files: FileSource): PriceBook {
  const book = readJsonFile(file, files) as Partial<PriceBook> | null;
  if (book === null || book.schema !== 'holdfast.prices/1') {
    throw new IngestRefusal(file, 'schema', `must be "holdfast.prices/1", got ${JSON.stringify(book?.schema)}`);
  }
  if (book.currency !== 'USD') {
    throw new IngestRefusal(file, 'currency', `must be "USD", got ${JSON.stringify(book.currency)}`);
  }
  if (!Array.isArray(book.prices)) {
    throw new IngestRefusal(file, 'prices', `must be a list, got ${JSON.stringify(book.prices)}`);
  }
  const seen = new Set<string>();
  (book.prices as unknown[]).forEach((price, index) => {
    const place = `prices[${index}]`;
    const { item, region, to } = refuseUnlessPrice(price, file, place);
    const key = keyOf(item, region, to ?? '');
    if (seen.has(key)) {
      throw new IngestRefusal(file, place, `must be the only price of ${item} in ${region}, got a second one`);
    }
    seen.add(key);
  });
  return { schema: book.schema, name: String(book.name ?? file), currency: 'USD', prices: book.prices };
}

function refuseUnlessPrice(given: unknown, file: string, place: string): Price {
  const price = (given ?? {}) as Record<string, unknown>;
  const must = (key: string, what: string, holds: boolean): void => {
    if (!holds) {
      throw new IngestRefusal(file, `${place}.${key}`, `must be ${what}, got ${JSON.stringify(price[key])}`);
    }
  };
  const text = (key: string, pattern: RegExp): boolean => typeof price[key] === 'string' && pattern.test(price[key]);
  must('item', 'text such as storage/warm/efs', text('item', /^[a-z0-9-]+(\/[a-z0-9-]+)*$/));
  must('region', 'a Region', text('region', /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/));
  must('to', 'a Region', price['to'] === undefined || text('to', /^[a-z]{2,}(-[a-z]+)+-\d{1,2}$/));
  must('usd', 'a decimal as text with at most 12 digits after the point', text('usd', /^\d{1,9}(\.\d{1,12})?$/));
  must('unit', UNITS.join(' or '), UNITS.includes(price['unit'] as string));
  must('date', 'a date', text('date', /^\d{4}-\d{2}-\d{2}$/));
  must('source', 'text', text('source', /./));
  must('confidence', CONFIDENCES.join(' or '), CONFIDENCES.includes(price['confidence'] as string));
  return given as Price;
}

function keyOf(item: string, region: string, to: string): string {
  return `${item} ${region} ${to}`;
}
