/**
 * UntagResource.
 *
 * Source   API of AWS Backup.
 */
import type { UntagResourceInput } from '@aws-sdk/client-backup';
import { TAGS_CHANGED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { required } from '../find-vault';
import { findTagged, refuseReserved } from '../tagged';

export function untagResource(state: WorldState, caller: Caller, input: UntagResourceInput): void {
  const keys = required(input.TagKeyList, 'TagKeyList');
  const { arn, place, tags } = findTagged(state, caller, input.ResourceArn);
  refuseReserved(keys);
  const left = Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));
  state.ledger.changedTags.put(arn, left);
  state.ledger.declare(TAGS_CHANGED, arn, place, JSON.stringify(Object.entries(left).sort()), 0, NEVER);
}
