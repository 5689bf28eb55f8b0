/**
 * ListTagsForResource.
 *
 * Source   API of Timestream Write 2018-11-01: ResourceNotFoundException.
 * Gaps     Of tables alone.
 */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-timestream-write';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { tagList, tagsOf } from '../stateful';
import { timeSeriesTables } from '../time-series';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { ResourceARN: arn = '' }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const found = timeSeriesTables(state, caller).find(({ resource }) => resource.arn === arn);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `The resource ${arn} does not exist.`);
  }
  return { Tags: tagList(tagsOf(found.resource)) };
}
