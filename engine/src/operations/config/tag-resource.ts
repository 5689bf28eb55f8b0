/**
 * TagResource of a recorder, rule or conformance pack.
 *
 * Source   API of AWS Config 2014-11-12.
 */
import type { TagResourceCommandInput } from '@aws-sdk/client-config-service';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTaggedConfig } from '../config-things';
import { tagsOf } from '../tag-list';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceCommandInput): void {
  const tagged = findTaggedConfig(state, caller, input.ResourceArn);
  tagged.tags = { ...tagged.tags, ...tagsOf(input.Tags) };
}
