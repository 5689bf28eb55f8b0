/**
 * Asks AWS for its price list.
 *
 * Owns     nothing. The API of prices lives in us-east-1, whichever Region is asked about.
 * Source   API of Price List 2017-10-15.
 */
import { GetProductsCommand, type PricingClient } from '@aws-sdk/client-pricing';
import { type Product, QUERIES } from '../cost/price-list';

const PAGE = 100;

/** Every product of backups in some Regions. */
export async function fetchProducts(client: PricingClient, regions: readonly string[]): Promise<Product[]> {
  const found: Product[] = [];
  for (const { serviceCode, filters, regionField } of QUERIES) {
    for (const region of regions) {
      const wanted = Object.entries({ ...filters, [regionField]: region });
      const Filters = wanted.map(([Field, Value]) => ({ Type: 'TERM_MATCH' as const, Field, Value }));
      let NextToken: string | undefined;
      do {
        const page = await client.send(
          new GetProductsCommand({
            ServiceCode: serviceCode,
            Filters,
            MaxResults: PAGE,
            ...(NextToken !== undefined && { NextToken }),
          }),
        );
        found.push(...(page.PriceList ?? []).map((text: unknown) => JSON.parse(String(text)) as Product));
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
    }
  }
  return found;
}
