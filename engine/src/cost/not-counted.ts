/**
 * What AWS asks money for that no sum here holds.
 *
 * Pure: lines in, sentences out.
 * Source   B16.2.
 */
import type { CostLine } from './cost';

/** Each with the lines that bring it up. */
const LEFT_OUT: readonly (readonly [(line: CostLine) => boolean, string])[] = [
  [({ kind }) => kind === 'restore-test', 'restore testing: what the restored resource costs while it runs'],
  [({ kind }) => kind === 'audit', 'audits: the items that AWS Config records, 0.003 USD each in us-east-1'],
  [({ kind }) => kind === 'restore', 'restores: single items, requests, and the storage of what was restored'],
];

/** @param buckets how many were backed up of which nobody knows how many objects they have */
export function notCountedOf(lines: readonly CostLine[], buckets: number): string[] {
  return [
    ...(buckets === 0 ? [] : [ofBuckets(buckets)]),
    ...LEFT_OUT.filter(([brings]) => lines.some(brings)).map(([, sentence]) => sentence),
    'requests to AWS KMS, and taxes, discounts and free tiers of an account',
  ];
}

function ofBuckets(buckets: number): string {
  const whose = buckets === 1 ? '1 bucket' : `${buckets} buckets`;
  return (
    `S3: requests, events, moves to the low-cost warm tier, and objects under 128 KB as 128 KB, of ${whose} ` +
    'whose objects nobody counted (objectCount)'
  );
}
