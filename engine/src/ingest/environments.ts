/**
 * Where things live: partitions of Regions, and environments that an artifact states in part.
 *
 * Pure: text in, environment out.
 * Source   AWS General Reference, "Service endpoints" (partition names and their Region prefixes).
 */
import type { Environment } from '@holdfast/model';

/** Prefixes of Region names outside the commercial partition. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['us-isof-', 'aws-iso-f'],
  ['eu-isoe-', 'aws-iso-e'],
  ['eusc-', 'aws-eusc'],
];

/** The partition that a Region belongs to. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** DNS suffix of the services of a partition (`AWS::URLSuffix`, `data.aws_partition.dns_suffix`). */
export function urlSuffixOf(partition: string): string {
  return (
    {
      'aws-cn': 'amazonaws.com.cn',
      'aws-iso': 'c2s.ic.gov',
      'aws-iso-b': 'sc2s.sgov.gov',
      'aws-iso-e': 'cloud.adc-e.uk',
      'aws-iso-f': 'csp.hci.ic.gov',
      'aws-eusc': 'amazonaws.eu',
    }[partition] ?? 'amazonaws.com'
  );
}

/** An environment of which the artifact states a part; the rest is as the user says. */
export function environmentOf(
  stated: { readonly account?: string | undefined; readonly region?: string | undefined },
  fallback: Environment,
): Environment {
  const region = stated.region ?? fallback.region;
  return {
    partition: region === fallback.region ? fallback.partition : partitionOf(region),
    account: stated.account ?? fallback.account,
    region,
  };
}
