/**
 * DescribeConformancePacks: those of these names, or all.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type {
  DescribeConformancePacksCommandInput,
  DescribeConformancePacksCommandOutput,
} from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { packsNamed } from '../config-things';
import { pageOf } from '../page';

export function describeConformancePacks(
  state: WorldState,
  caller: Caller,
  input: DescribeConformancePacksCommandInput,
): Omit<DescribeConformancePacksCommandOutput, '$metadata'> {
  const page = pageOf(packsNamed(state, caller, input.ConformancePackNames), input.Limit, input.NextToken, {
    service: 'config',
    operation: 'DescribeConformancePacks',
    keyOf: ({ arn }) => arn,
  });
  return given({
    ConformancePackDetails: page.items.map(({ name, arn, id, declared, updatedAt }) =>
      given({
        ConformancePackName: name,
        ConformancePackArn: arn,
        ConformancePackId: id,
        DeliveryS3Bucket: declared.DeliveryS3Bucket,
        DeliveryS3KeyPrefix: declared.DeliveryS3KeyPrefix,
        ConformancePackInputParameters: declared.ConformancePackInputParameters ?? [],
        LastUpdateRequestedTime: dateOf(updatedAt),
      }),
    ),
    NextToken: page.nextToken,
  });
}
