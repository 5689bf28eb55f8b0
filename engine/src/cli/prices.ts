/**
 * `holdfast prices`: AWS's price list as a price book for `cost --prices`.
 *
 * Pure: prints through the host, which has the client of AWS.
 * Source   design.md section 2, `prices`.
 */
import type { Command } from 'commander';
import type { PriceBook } from '../cost/price-book';
import { pricesOf, type Product, productsOfOffer } from '../cost/price-list';
import type { CommandHost } from '../host/terminal';
import { IngestRefusal } from '../ingest/artifact';
import { readJsonFile } from '../ingest/document';
import { formatInstant } from '../kernel/instant';
import { regions } from './options';
import { UsageError } from './usage-error';

interface PricesFlags {
  readonly regions?: readonly string[];
}

export function addPrices(program: Command, host: CommandHost, exit: (code: number) => void): void {
  program
    .command('prices')
    .description("read AWS's price list and print a price book for `cost --prices`")
    .argument('[offer...]', "bulk offer files of the price list (JSON); asks AWS's API when none is given")
    .option('--regions <names>', 'Regions, with commas between them (required without offer files)', regions)
    .action(async (offers: string[], flags: PricesFlags) => exit(await prices(offers, flags, host)));
}

async function prices(offers: readonly string[], flags: PricesFlags, host: CommandHost): Promise<number> {
  const products = offers.length > 0 ? offers.flatMap((file) => readOffer(file, host)) : await asked(flags, host);
  const today = formatInstant(host.now()).slice(0, 10);
  const wanted = pricesOf(products, today).filter(({ region }) => flags.regions?.includes(region) ?? true);
  if (wanted.length === 0) {
    throw new UsageError(`no price of a backup among ${products.length} products`);
  }
  const book: PriceBook = {
    schema: 'holdfast.prices/1',
    name: `AWS price list, read ${today}`,
    currency: 'USD',
    prices: wanted,
  };
  host.stdout.write(`${JSON.stringify(book, null, 2)}\n`);
  return 0;
}

function readOffer(file: string, host: CommandHost): Product[] {
  const products = productsOfOffer(readJsonFile(file, host.files));
  if (products === undefined) {
    throw new IngestRefusal(file, '', 'is no offer file: expected products and terms');
  }
  return products;
}

async function asked(flags: PricesFlags, host: CommandHost): Promise<Product[]> {
  if (flags.regions === undefined) {
    throw new UsageError('--regions must be given, or offer files');
  }
  return host.live.products(flags.regions);
}
