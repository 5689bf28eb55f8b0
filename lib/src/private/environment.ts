import { Environment } from '@holdfast/model';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/** How the names of Regions begin that are not in the partition `aws`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
];

/** Where a construct deploys to; tokens where the stack leaves it open. */
export function environmentOf(scope: IConstruct): Environment {
  const { account, region, partition } = Stack.of(scope);
  return { partition: SYNTH.known(region) ? partitionOf(region) : partition, account, region };
}

/** `Stack.partition` stays a token unless a feature flag is set; a table of CDK knows, too, but is slow to load. */
export function partitionOf(region: string): string {
  return PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}
