import { Environment, Regions } from '@holdfast/model';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/**
 * Where a construct deploys to; tokens where the stack leaves it open.
 *
 * `Stack.partition` stays a token unless a feature flag is set.
 */
export function environmentOf(scope: IConstruct): Environment {
  const { account, region, partition } = Stack.of(scope);
  return { partition: SYNTH.known(region) ? Regions.partitionOf(region) : partition, account, region };
}
