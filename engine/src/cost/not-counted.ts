/**
 * What AWS asks money for that no sum here holds.
 *
 * Pure: lines in, sentences out.
 * Source   B16.2.
 */
import type { CostLine } from './cost';

/** Each with the lines that bring it up. */
const LEFT_OUT: readonly (readonly [(line: CostLine) => boolean, string])[] = [
  [
    ({ service }) => service === 's3',
    'S3: requests on the source bucket, events, and objects under 128 KB as 128 KB, as the number of objects is not known',
  ],
  [
    ({ tier }) => tier === 'low-cost',
    'S3: the move of objects to the low-cost warm tier, as their number is not known',
  ],
  [({ kind }) => kind === 'restore-test', 'restore testing: what the restored resource costs while it runs'],
  [({ kind }) => kind === 'audit', 'audits: the items that AWS Config records, 0.003 USD each in us-east-1'],
  [({ kind }) => kind === 'restore', 'restores: single items, and the storage of what was restored'],
];

export function notCountedOf(lines: readonly CostLine[]): string[] {
  return [
    ...LEFT_OUT.filter(([brings]) => lines.some(brings)).map(([, sentence]) => sentence),
    'requests to AWS KMS, and taxes, discounts and free tiers of an account',
  ];
}
