import { GetProductsCommand, PricingClient } from '@aws-sdk/client-pricing';
import { mockClient } from 'aws-sdk-client-mock';
import type { PriceBook } from '../../../engine/src/cost/price-book';
import { type Product, QUERIES } from '../../../engine/src/cost/price-list';
import { cli, schemaOf, TEMPLATE } from '../cli/run-cli';

const ranges = (...prices: [begin: string, usd: string][]) =>
  Object.fromEntries(
    prices.map(([beginRange, USD], index) => [
      `SKU.TERM.${index}`,
      {
        unit: 'GB-Mo',
        beginRange,
        endRange: 'Inf',
        appliesTo: [],
        rateCode: 'r',
        description: '',
        pricePerUnit: { USD },
      },
    ]),
  );

/** A product in the form in which GetProducts answers it. */
function product(servicecode: string, usagetype: string, usd: string, more: Record<string, string> = {}): Product {
  const attributes = { servicecode, usagetype, regionCode: 'eu-central-1', locationType: 'AWS Region', ...more };
  return {
    product: { sku: 'SKU', productFamily: 'AWS Backup Storage', attributes },
    terms: { OnDemand: { 'SKU.TERM': { priceDimensions: ranges(['0', usd]) } } },
    publicationDate: '2026-11-20T18:02:11Z',
  };
}

const LIST: readonly Product[] = [
  product('AWSBackup', 'EUC1-WarmStorage-ByteHrs-EFS', '0.0600000000'),
  product('AWSBackup', 'EUC1-ColdStorage-ByteHrs-EFS', '0.0120000000'),
  product('AWSBackup', 'EUC1-WarmStorage-ByteHrs-Aurora-LAGV', '0.0242000000'),
  product('AWSBackup', 'EUC1-PartialRestore-Warm-EFS', '0.0240000000'),
  product('AWSBackup', 'EUC1-BackupEvaluations', '0.0012500000'),
  product('AWSBackup', 'EUC1-RT-RecoveryPoint', '1.5000000000'),
  product('AWSBackup', 'EUC1-WarmStorage-ByteHrs-Unheard', '9.0000000000'),
  product('AmazonEC2', 'EUC1-EBS:SnapshotUsage', '0.0540000000'),
  product('AmazonEC2', 'EUC1-EBS:SnapshotUsageUnderBilling', '0.0000000000'),
  product('AmazonRDS', 'EUC1-RDS:ChargedBackupUsage', '0.0950000000'),
  product('AmazonDynamoDB', 'EUC1-TimedBackupStorage-ByteHrs', '0.1200000000'),
  product('AmazonFSx', 'EUC1-BackupUsage', '0.0540000000', { fileSystemType: 'Windows' }),
  product('AmazonS3', 'EUC1-Requests-Tier1', '0.0000054000'),
  product('AmazonS3', 'EUC1-Requests-Tier2', '0.0000004300'),
  product('AmazonS3', 'EUC1-Requests-SIA-Tier2', '0.0000010000'),
  product('AWSDataTransfer', 'EUC1-USE1-AWS-Out-Bytes', '0.0200000000', {
    transferType: 'InterRegion Outbound',
    fromRegionCode: 'eu-central-1',
    toRegionCode: 'us-east-1',
  }),
];

const READ = [
  'audit/evaluation 0.00125 piece',
  'request/get/s3 0.00000043 piece',
  'request/list/s3 0.0000054 piece',
  'restore-test/point 1.5 piece',
  'restore/warm/efs 0.024 GiB',
  'storage/air-gapped/aurora 0.0242 GiB-month',
  'storage/cold/efs 0.012 GiB-month',
  'storage/continuous/efs 0.06 GiB-month',
  'storage/continuous/rds 0.095 GiB-month',
  'storage/continuous/rds-multi-az-cluster 0.095 GiB-month',
  'storage/warm/dynamodb 0.12 GiB-month',
  'storage/warm/ebs 0.054 GiB-month',
  'storage/warm/ec2 0.054 GiB-month',
  'storage/warm/efs 0.06 GiB-month',
  'storage/warm/fsx-windows 0.054 GiB-month',
  'storage/warm/rds 0.095 GiB-month',
  'storage/warm/rds-multi-az-cluster 0.095 GiB-month',
  'storage/warm/storage-gateway 0.054 GiB-month',
  'transfer/cross-region us-east-1 0.02 GiB',
];

function bookOf(stdout: string): PriceBook {
  const book = JSON.parse(stdout) as PriceBook;
  const validate = schemaOf('holdfast.prices/1');
  validate(book);
  expect(validate.errors ?? []).toEqual([]);
  return book;
}

function said({ prices }: PriceBook): string[] {
  return prices.map(({ item, to, usd, unit }) => [item, to, usd, unit].filter((word) => word !== undefined).join(' '));
}

test('the price list is asked page by page for what backups cost in each Region (B16.3/1, B16.3/2)', async () => {
  const pricing = mockClient(PricingClient);
  pricing
    .on(GetProductsCommand)
    .callsFake(({ ServiceCode, NextToken }: { ServiceCode: string; NextToken?: string }) => {
      const all = LIST.filter((one) => one.product.attributes?.['servicecode'] === ServiceCode);
      const at = Number(NextToken ?? 0);
      const more = at + 2 < all.length ? { NextToken: String(at + 2) } : {};
      return { FormatVersion: 'aws_v1', PriceList: all.slice(at, at + 2).map((one) => JSON.stringify(one)), ...more };
    });
  const { code, stdout, stderr } = await cli(['prices', '--regions', 'eu-central-1']);
  expect([code, stderr]).toEqual([0, '']);
  const book = bookOf(stdout);
  expect(said(book)).toEqual(READ);
  expect(book.prices[0]).toMatchObject({
    date: '2026-11-20',
    confidence: 'high',
    source: 'AWS price list, EUC1-BackupEvaluations',
  });
  const asked = pricing.commandCalls(GetProductsCommand).map(({ args: [{ input }] }) => input);
  // Seven products of AWS Backup are four pages, three of S3 two; every other query one.
  expect(asked).toHaveLength(QUERIES.length + 4);
  expect(asked[0]?.Filters).toEqual([{ Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-central-1' }]);
  pricing.restore();
});

/** A bulk offer file: products and terms apart. */
function offer(products: readonly Product[]): string {
  const skus = products.map(({ product: one, terms }, index) => ({ sku: `SKU${index}`, one, terms }));
  return JSON.stringify({
    formatVersion: 'v1.0',
    offerCode: 'AWSBackup',
    publicationDate: '2026-11-20T18:02:11Z',
    products: Object.fromEntries(skus.map(({ sku, one }) => [sku, { ...one, sku }])),
    terms: { OnDemand: Object.fromEntries(skus.map(({ sku, terms }) => [sku, terms.OnDemand])) },
  });
}

test('bulk offer files say the same without a call (B16.3/2)', async () => {
  const files = { 'offer.json': offer(LIST) };
  const { code, stdout } = await cli(['prices', 'offer.json'], files);
  expect(code).toBe(0);
  expect(said(bookOf(stdout))).toEqual(READ);
});

test('of several ranges the first that costs counts, of several products the dearest (B16.3/2)', async () => {
  const [first] = LIST as [Product];
  const dearer = product('AWSBackup', 'EUC1-WarmStorage-ByteHrs-EFS', '0.0700000000');
  const priceDimensions = ranges(['50', '0.0500000000'], ['1', '0.0650000000'], ['0', '0.0000000000']);
  const ranged = { ...first, terms: { OnDemand: { 'SKU.TERM': { priceDimensions } } } };
  const one = await cli(['prices', 'o.json'], { 'o.json': offer([ranged]) });
  expect(said(bookOf(one.stdout))).toEqual([
    'storage/continuous/efs 0.065 GiB-month',
    'storage/warm/efs 0.065 GiB-month',
  ]);
  const two = await cli(['prices', 'o.json'], { 'o.json': offer([first, dearer]) });
  expect(bookOf(two.stdout).prices.map(({ usd }) => usd)).toEqual(['0.07', '0.07']);
});

test('what prices prints, cost takes', async () => {
  const { stdout } = await cli(['prices', 'offer.json'], { 'offer.json': offer(LIST) });
  const files = { 'stack.yaml': TEMPLATE, 'prices.json': stdout };
  const argv = 'cost stack.yaml --months 2 --region eu-central-1 --prices prices.json'.split(' ');
  const { code, stdout: text } = await cli(argv, files);
  expect(code).toBe(0);
  expect(text).toContain('AWS price list, read 2026-11-23');
  // DynamoDB with advanced features stands under AWS Backup, whose list of above has no price of it.
  expect(text).toContain('storage/warm/dynamodb-advanced');
});

test.each([
  ['no JSON', 'prices o.json', { 'o.json': '{' }, 'o.json: '],
  ['no offer', 'prices o.json', { 'o.json': '{}' }, 'o.json: is no offer file: expected products and terms'],
  ['nothing of backups', 'prices o.json', { 'o.json': offer([]) }, 'no price of a backup among 0 products'],
  [
    'a book of another form',
    'cost s.yaml --months 1 --prices b.json',
    { 'b.json': '{"schema":"x"}', 's.yaml': TEMPLATE },
    'b.json: schema must be "holdfast.prices/1", got "x"',
  ],
  [
    'a price that is none',
    'cost s.yaml --months 1 --prices b.json',
    {
      'b.json':
        '{"schema":"holdfast.prices/1","name":"n","currency":"USD","prices":[{"item":"storage/warm/efs","region":"us-east-1","usd":0.05}]}',
      's.yaml': TEMPLATE,
    },
    'b.json: prices[0].usd must be a decimal as text',
  ],
])('fails with one clear line: %s', async (_, argv, files, line) => {
  const { code, stderr, stdout } = await cli(argv.split(' '), files as Record<string, string>);
  expect(stderr).toContain(`error: ${line}`);
  expect([code, stdout]).toEqual([2, '']);
});
