import { Environment } from '@holdfast/model';
import { Stack } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';

/** Where a construct deploys to; tokens where the stack leaves it open. */
export function environmentOf(scope: IConstruct): Environment {
  const stack = Stack.of(scope);
  return { partition: stack.partition, account: stack.account, region: stack.region };
}
