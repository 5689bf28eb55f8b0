/**
 * DescribeConformancePackStatus: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12. Assumed: a pack is complete at once.
 */
import type {
  DescribeConformancePackStatusCommandInput,
  DescribeConformancePackStatusCommandOutput,
} from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { pageOf } from '../page';

export function describeConformancePackStatus(
  state: WorldState,
  caller: Caller,
  { ConformancePackNames: names = [], Limit, NextToken }: DescribeConformancePackStatusCommandInput,
): Omit<DescribeConformancePackStatusCommandOutput, '$metadata'> {
  const { partition, account, region } = caller;
  // Of a name that is not there, the list is silent.
  const packs = state.services.config.packs
    .list(caller)
    .filter(({ name }) => names.length === 0 || names.includes(name));
  const page = pageOf(packs, Limit, NextToken, {
    service: 'config',
    operation: 'DescribeConformancePackStatus',
    keyOf: ({ arn }) => arn,
  });
  return given({
    ConformancePackStatusDetails: page.items.map(({ name, arn, id, updatedAt }) => ({
      ConformancePackName: name,
      ConformancePackArn: arn,
      ConformancePackId: id,
      ConformancePackState: 'CREATE_COMPLETE' as const,
      StackArn: `arn:${partition}:cloudformation:${region}:${account}:stack/awsconfigconforms-${name}-${id}/${id}`,
      LastUpdateRequestedTime: dateOf(updatedAt),
      LastUpdateCompletedTime: dateOf(updatedAt),
    })),
    NextToken: page.nextToken,
  });
}
