/**
 * ListTagsForResource.
 *
 * Source   API of Redshift Serverless 2021-04-21: ResourceNotFoundException.
 * Gaps     Of namespaces alone.
 */
import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
} from '@aws-sdk/client-redshift-serverless';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { resourcesOf, tagsOf } from '../stateful';
import { NAMESPACES } from './list-namespaces';

export function listTagsForResource(
  state: WorldState,
  caller: Caller,
  { resourceArn = '' }: ListTagsForResourceCommandInput,
): Omit<ListTagsForResourceCommandOutput, '$metadata'> {
  const found = resourcesOf(state, caller, NAMESPACES).find(({ arn }) => arn === resourceArn);
  if (found === undefined) {
    throw new AwsFault('ResourceNotFoundException', `The resource ${resourceArn} was not found.`);
  }
  return { tags: Object.entries(tagsOf(found)).map(([key, value]) => ({ key, value })) };
}
