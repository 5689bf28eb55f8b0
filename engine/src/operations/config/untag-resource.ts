/**
 * UntagResource of a recorder, rule or conformance pack.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { UntagResourceCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedConfig } from '../config-things';
import { withoutTags } from '../tag-list';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceCommandInput): void {
  const tagged = findTaggedConfig(state, caller, input.ResourceArn);
  tagged.tags = withoutTags(tagged.tags, input.TagKeys);
}
