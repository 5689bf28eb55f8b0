/**
 * AWS's price list as a price book: which of its products is which of our items.
 *
 * Pure: products in, prices out. live/ fetches them, or a bulk offer file has them.
 * Units    prices are AWS's own decimals, for GB-Mo, GB or one piece.
 * Source   B16.3/1 (usage types), B16.3/2 (form of products and offers).
 */
import type { Price, PriceUnit } from './price-book';
import { ITEM } from './price-items';

/** A product with its terms, as GetProducts answers it and as an offer file has it once both are joined. */
export interface Product {
  readonly product: {
    readonly productFamily?: string;
    readonly attributes?: Readonly<Record<string, string | undefined>>;
    readonly sku?: string;
  };
  readonly terms: { readonly OnDemand?: Readonly<Record<string, Term>> };
  readonly publicationDate?: string;
}

interface Term {
  readonly priceDimensions: Readonly<Record<string, Dimension>>;
}

interface Dimension {
  readonly unit?: string;
  readonly beginRange?: string;
  readonly pricePerUnit: Readonly<Record<string, string>>;
}

/** What is asked of AWS: one service code, and what narrows it down. */
export interface Query {
  readonly serviceCode: string;
  readonly filters: Readonly<Record<string, string>>;
  /** Attribute that names the Region. */
  readonly regionField: string;
}

export const QUERIES: readonly Query[] = [
  { serviceCode: 'AWSBackup', filters: {}, regionField: 'regionCode' },
  { serviceCode: 'AmazonEC2', filters: { productFamily: 'Storage Snapshot' }, regionField: 'regionCode' },
  { serviceCode: 'AmazonRDS', filters: { productFamily: 'Storage Snapshot' }, regionField: 'regionCode' },
  {
    serviceCode: 'AmazonDynamoDB',
    filters: { productFamily: 'Amazon DynamoDB On-Demand Backup Storage' },
    regionField: 'regionCode',
  },
  {
    serviceCode: 'AmazonDynamoDB',
    filters: { productFamily: 'Amazon DynamoDB Restore Data Size' },
    regionField: 'regionCode',
  },
  { serviceCode: 'AmazonS3', filters: { productFamily: 'API Request' }, regionField: 'regionCode' },
  { serviceCode: 'AmazonFSx', filters: { productFamily: 'Storage' }, regionField: 'regionCode' },
  { serviceCode: 'AWSDataTransfer', filters: { transferType: 'InterRegion Outbound' }, regionField: 'fromRegionCode' },
];

/** What AWS Backup's usage types call the services, in lower case and without marks. */
const BACKED_UP: Readonly<Record<string, readonly string[]>> = {
  efs: ['efs'],
  s3: ['s3'],
  ebs: ['ebs', 'ec2'],
  dynamodb: ['dynamodb-advanced'],
  rds: ['rds', 'rds-multi-az-cluster'],
  aurora: ['aurora'],
  documentdb: ['documentdb'],
  neptune: ['neptune'],
  vmware: ['virtual-machine'],
  saphana: ['sap-hana'],
  timestream: ['timestream'],
  storagegateway: ['storage-gateway'],
  fsxwindows: ['fsx-windows'],
  fsxlustre: ['fsx-lustre'],
  fsxopenzfs: ['fsx-openzfs'],
};

const FSX: Readonly<Record<string, string>> = {
  Lustre: 'fsx-lustre',
  Windows: 'fsx-windows',
  ONTAP: 'fsx-ontap',
  OpenZFS: 'fsx-openzfs',
};

/** Of the standard class. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  'Requests-Tier1': [ITEM.objectList],
  'Requests-Tier2': [ITEM.objectGet],
};

interface Meant {
  readonly items: readonly string[];
  readonly unit: PriceUnit;
}

/** Which items a product prices; undefined for products that have nothing to do with backups. */
export function meantBy({ product }: Product): Meant | undefined {
  const attributes = product.attributes ?? {};
  // The Region in front: USE1-, EUC1-, or none in us-east-1.
  const usage = (attributes['usagetype'] ?? '').replace(/^[A-Z]{2,4}\d?-(?=[A-Za-z])/, '');
  const code = attributes['servicecode'] ?? '';
  switch (code) {
    case 'AWSBackup':
      return meantByBackup(usage);
    case 'AmazonEC2':
      return meantBySnapshot(usage);
    case 'AmazonRDS':
      return meantByDatabase(usage);
    case 'AmazonDynamoDB':
      return usage === 'TimedBackupStorage-ByteHrs'
        ? { items: ['storage/warm/dynamodb'], unit: 'GiB-month' }
        : usage === 'RestoreDataSize-Bytes'
          ? { items: ['restore/warm/dynamodb'], unit: 'GiB' }
          : undefined;
    case 'AmazonFSx': {
      const service = FSX[attributes['fileSystemType'] ?? ''];
      return usage.endsWith('BackupUsage') && service !== undefined
        ? { items: [`storage/warm/${service}`], unit: 'GiB-month' }
        : undefined;
    }
    case 'AmazonS3':
      return found(REQUESTS[usage] ?? [], 'piece');
    case 'AWSDataTransfer':
      return attributes['transferType'] === 'InterRegion Outbound'
        ? { items: ['transfer/cross-region'], unit: 'GiB' }
        : undefined;
    default:
      return undefined;
  }
}

function meantByBackup(usage: string): Meant | undefined {
  const [, tier = '', what = ''] = /^(Warm|Cold)Storage-ByteHrs-(.+)$/.exec(usage) ?? [];
  if (tier !== '') {
    const airGapped = what.endsWith('-LAGV');
    const where = airGapped ? 'air-gapped' : tier.toLowerCase();
    const tiers = where === 'warm' ? ['warm', 'continuous'] : [where];
    const items = servicesOf(what).flatMap((service) => tiers.map((one) => `storage/${one}/${service}`));
    return airGapped && tier === 'Cold' ? undefined : found(items, 'GiB-month');
  }
  const [, from = '', of = ''] = /^(?:Partial)?Restore-(Warm|Cold)-(.+)$/.exec(usage) ?? [];
  if (from !== '') {
    return found(
      servicesOf(of).map((service) => `restore/${from.toLowerCase()}/${service}`),
      'GiB',
    );
  }
  if (/^BackupEvaluations/.test(usage)) {
    return { items: ['audit/evaluation'], unit: 'piece' };
  }
  return /^RT-RecoveryPoint/.test(usage) ? { items: ['restore-test/point'], unit: 'piece' } : undefined;
}

function meantBySnapshot(usage: string): Meant | undefined {
  switch (usage) {
    case 'EBS:SnapshotUsage':
      return { items: ['storage/warm/ebs', 'storage/warm/ec2', 'storage/warm/storage-gateway'], unit: 'GiB-month' };
    case 'EBS:SnapshotArchiveStorage':
      return { items: ['storage/cold/ebs'], unit: 'GiB-month' };
    case 'EBS:SnapshotArchiveRetrieval':
      return { items: ['restore/cold/ebs'], unit: 'GiB' };
    default:
      return undefined;
  }
}

function meantByDatabase(usage: string): Meant | undefined {
  const services =
    usage === 'RDS:ChargedBackupUsage'
      ? ['rds', 'rds-multi-az-cluster']
      : usage === 'Aurora:BackupUsage'
        ? ['aurora']
        : [];
  return found(
    services.flatMap((service) => [`storage/warm/${service}`, `storage/continuous/${service}`]),
    'GiB-month',
  );
}

function servicesOf(name: string): readonly string[] {
  return (
    BACKED_UP[
      name
        .replace(/-LAGV$/, '')
        .replace(/[^A-Za-z0-9]/g, '')
        .toLowerCase()
    ] ?? []
  );
}

function found(items: readonly string[], unit: PriceUnit): Meant | undefined {
  return items.length === 0 ? undefined : { items, unit };
}

/** The prices of products; the dearest where several products price one item, so that no forecast is too low. */
export function pricesOf(products: readonly Product[], today: string): Price[] {
  const prices = new Map<string, Price>();
  for (const product of products) {
    const meant = meantBy(product);
    const usd = firstPrice(product);
    const { regionCode, fromRegionCode, toRegionCode, usagetype } = product.product.attributes ?? {};
    const region = fromRegionCode ?? regionCode;
    for (const item of meant !== undefined && usd !== undefined && region !== undefined ? meant.items : []) {
      const to = fromRegionCode === undefined ? undefined : toRegionCode;
      const price: Price = {
        item,
        region: region as string,
        ...(to !== undefined && { to }),
        usd: usd as string,
        unit: (meant as Meant).unit,
        date: (product.publicationDate ?? today).slice(0, 10),
        source: `AWS price list, ${usagetype ?? ''}`,
        confidence: 'high',
      };
      const key = `${item} ${region} ${to ?? ''}`;
      const known = prices.get(key);
      if (known === undefined || Number(usd) > Number(known.usd)) {
        prices.set(key, price);
      }
    }
  }
  return [...prices].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, price]) => price);
}

/** What the first piece that costs anything costs; later ranges are cheaper. */
function firstPrice({ terms }: Product): string | undefined {
  const dimensions = Object.values(terms.OnDemand ?? {}).flatMap(({ priceDimensions }) =>
    Object.values(priceDimensions),
  );
  const paid = dimensions
    .filter(({ pricePerUnit }) => pricePerUnit['USD'] !== undefined)
    .sort((a, b) => Number(a.beginRange ?? 0) - Number(b.beginRange ?? 0));
  const first = paid.find(({ pricePerUnit }) => Number(pricePerUnit['USD']) > 0) ?? paid[0];
  return first === undefined ? undefined : plain(first.pricePerUnit['USD'] as string);
}

/** `0.0500000000` as `0.05`. */
function plain(usd: string): string {
  return /\./.test(usd) ? usd.replace(/0+$/, '').replace(/\.$/, '') : usd;
}

/** The products of a bulk offer file: products and terms apart, joined by SKU. */
export function productsOfOffer(offer: unknown): Product[] | undefined {
  const { products, terms, publicationDate } = (offer ?? {}) as {
    readonly products?: Readonly<Record<string, Product['product']>>;
    readonly terms?: { readonly OnDemand?: Readonly<Record<string, Readonly<Record<string, Term>>>> };
    readonly publicationDate?: string;
  };
  if (products === undefined || terms === undefined) {
    return undefined;
  }
  return Object.entries(products).map(([sku, product]) => ({
    product,
    terms: { OnDemand: terms.OnDemand?.[sku] ?? {} },
    ...(publicationDate !== undefined && { publicationDate }),
  }));
}
