/**
 * The prices that hold where no others are given: indicative, each with how sure it is.
 *
 * Pure: data. `holdfast prices` makes a book of the same form from AWS's price list.
 * Units    decimal dollars; a range that was read stands here with its middle.
 * Source   as FACTS says for each kind. What a Region has no row for has no price.
 * Assumed  Where AWS quotes no price of its own: that of the table or volume below (continuous as warm, EC2 as EBS, Redshift
 *          Serverless as Redshift), and of an air-gapped vault that of a standard one, which B16.2/8 says is the same or slightly less.
 */
import type { Confidence, Price, PriceBook, PriceUnit } from './price-book';

/** Day on which the rows were last compared. */
const DATE = '2026-11-26';
/** The fact that has the figures of each kind of item. */
const FACTS: Readonly<Record<string, string>> = {
  'storage/air-gapped': 'B16.2/8',
  'storage/low-cost': 'B16.2/6',
  storage: 'B16.2/1',
  restore: 'B16.2/5',
  transfer: 'B16.2/7',
  request: 'B16.2/15',
  event: 'B16.2/15',
  tiering: 'B16.2/6',
  'restore-test': 'B16.2/12',
  audit: 'B16.2/11',
};

type Row = readonly [item: string, usd: string, unit: PriceUnit, confidence: Confidence];

// prettier-ignore
const ROWS: Readonly<Record<string, readonly Row[]>> = {
  'us-east-1': [
    ['storage/warm/efs',                        '0.05',    'GiB-month', 'medium'],
    ['storage/cold/efs',                        '0.01',    'GiB-month', 'medium'],
    ['restore/warm/efs',                        '0.02',    'GiB',       'low'],
    ['restore/cold/efs',                        '0.03',    'GiB',       'low'],
    ['storage/warm/ebs',                        '0.05',    'GiB-month', 'medium'],
    ['storage/cold/ebs',                        '0.0125',  'GiB-month', 'low'],
    ['restore/warm/ebs',                        '0',       'GiB',       'medium'],
    ['restore/cold/ebs',                        '0.03',    'GiB',       'low'],
    ['storage/warm/ec2',                        '0.05',    'GiB-month', 'medium'],
    ['restore/warm/ec2',                        '0',       'GiB',       'medium'],
    ['storage/warm/s3',                         '0.05',    'GiB-month', 'medium'],
    ['storage/continuous/s3',                   '0.05',    'GiB-month', 'medium'],
    ['storage/low-cost/s3',                     '0.035',   'GiB-month', 'medium'],
    ['restore/warm/s3',                         '0.02',    'GiB',       'medium'],
    ['storage/warm/dynamodb',                   '0.10',    'GiB-month', 'medium'],
    ['restore/warm/dynamodb',                   '0.15',    'GiB',       'medium'],
    ['storage/warm/dynamodb-advanced',          '0.10',    'GiB-month', 'medium'],
    ['restore/warm/dynamodb-advanced',          '0.15',    'GiB',       'medium'],
    ['storage/cold/dynamodb-advanced',          '0.03',    'GiB-month', 'low'],
    ['restore/cold/dynamodb-advanced',          '0.20',    'GiB',       'low'],
    ['storage/warm/rds',                        '0.095',   'GiB-month', 'medium'],
    ['storage/continuous/rds',                  '0.095',   'GiB-month', 'medium'],
    ['restore/warm/rds',                        '0',       'GiB',       'medium'],
    ['storage/warm/rds-multi-az-cluster',       '0.095',   'GiB-month', 'medium'],
    ['storage/continuous/rds-multi-az-cluster', '0.095',   'GiB-month', 'medium'],
    ['restore/warm/rds-multi-az-cluster',       '0',       'GiB',       'medium'],
    ['storage/warm/aurora',                     '0.021',   'GiB-month', 'medium'],
    ['storage/continuous/aurora',               '0.021',   'GiB-month', 'medium'],
    ['restore/warm/aurora',                     '0',       'GiB',       'medium'],
    ['storage/warm/documentdb',                 '0.021',   'GiB-month', 'low'],
    ['restore/warm/documentdb',                 '0',       'GiB',       'low'],
    ['storage/warm/neptune',                    '0.021',   'GiB-month', 'low'],
    ['restore/warm/neptune',                    '0',       'GiB',       'low'],
    ['storage/warm/fsx-lustre',                 '0.05',    'GiB-month', 'medium'],
    ['restore/warm/fsx-lustre',                 '0',       'GiB',       'medium'],
    ['storage/warm/fsx-windows',                '0.05',    'GiB-month', 'medium'],
    ['restore/warm/fsx-windows',                '0',       'GiB',       'medium'],
    ['storage/warm/fsx-ontap',                  '0.05',    'GiB-month', 'medium'],
    ['restore/warm/fsx-ontap',                  '0',       'GiB',       'medium'],
    ['storage/warm/fsx-openzfs',                '0.05',    'GiB-month', 'medium'],
    ['restore/warm/fsx-openzfs',                '0',       'GiB',       'medium'],
    ['storage/warm/storage-gateway',            '0.05',    'GiB-month', 'medium'],
    ['restore/warm/storage-gateway',            '0',       'GiB',       'medium'],
    ['storage/warm/virtual-machine',            '0.05',    'GiB-month', 'medium'],
    ['storage/cold/virtual-machine',            '0.01',    'GiB-month', 'medium'],
    ['restore/warm/virtual-machine',            '0.02',    'GiB',       'low'],
    ['restore/cold/virtual-machine',            '0.03',    'GiB',       'low'],
    ['storage/warm/sap-hana',                   '0.05',    'GiB-month', 'low'],
    ['storage/continuous/sap-hana',             '0.05',    'GiB-month', 'low'],
    ['storage/cold/sap-hana',                   '0.015',   'GiB-month', 'low'],
    ['storage/warm/timestream',                 '0.04',    'GiB-month', 'low'],
    ['storage/cold/timestream',                 '0.01',    'GiB-month', 'low'],
    ['storage/warm/redshift',                   '0.0235',  'GiB-month', 'low'],
    ['restore/warm/redshift',                   '0',       'GiB',       'low'],
    ['storage/warm/redshift-serverless',        '0.0235',  'GiB-month', 'low'],
    ['restore/warm/redshift-serverless',        '0',       'GiB',       'low'],
    ['storage/air-gapped/ec2',                  '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/ebs',                  '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/s3',                   '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/efs',                  '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/fsx-lustre',           '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/fsx-windows',          '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/fsx-openzfs',          '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/storage-gateway',      '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/documentdb',           '0.021',   'GiB-month', 'low'],
    ['storage/air-gapped/neptune',              '0.021',   'GiB-month', 'low'],
    ['storage/air-gapped/dynamodb-advanced',    '0.10',    'GiB-month', 'low'],
    ['storage/air-gapped/timestream',           '0.04',    'GiB-month', 'low'],
    ['storage/air-gapped/virtual-machine',      '0.05',    'GiB-month', 'low'],
    ['storage/air-gapped/aurora',               '0.0242',  'GiB-month', 'medium'],
    ['transfer/cross-region',                   '0.02',    'GiB',       'low'],
    ['transfer/cross-account',                  '0',       'GiB',       'low'],
    ['request/get/s3',                          '0.0000004', 'piece',   'medium'],
    ['request/list/s3',                         '0.000005', 'piece',    'medium'],
    ['event/s3',                                '0.000001', 'piece',    'medium'],
    ['tiering/object/s3',                       '0.00001', 'piece',     'medium'],
    ['restore-test/point',                      '1.50',    'piece',     'low'],
    ['audit/evaluation',                        '0.00125', 'piece',     'low'],
  ],
  'us-east-2': [
    ['storage/warm/aurora', '0.021', 'GiB-month', 'medium'],
  ],
  'ap-northeast-1': [
    ['storage/warm/efs',               '0.06',  'GiB-month', 'low'],
    ['storage/warm/dynamodb-advanced', '0.114', 'GiB-month', 'low'],
    ['storage/warm/aurora',            '0.024', 'GiB-month', 'low'],
  ],
};

function sourceOf(item: string): string {
  const [kind = '', tier = ''] = item.split('/');
  return `docs/facts.md, ${FACTS[`${kind}/${tier}`] ?? FACTS[kind] ?? ''}`;
}

function pricesOf(region: string, rows: readonly Row[]): Price[] {
  return rows.map(([item, usd, unit, confidence]) => ({
    item,
    region,
    usd,
    unit,
    date: DATE,
    source: sourceOf(item),
    confidence,
  }));
}

export const DEFAULT_PRICES: PriceBook = {
  schema: 'holdfast.prices/1',
  name: `indicative prices of ${DATE}`,
  currency: 'USD',
  prices: Object.entries(ROWS).flatMap(([region, rows]) => pricesOf(region, rows)),
};
