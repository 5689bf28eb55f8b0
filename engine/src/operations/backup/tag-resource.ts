/**
 * TagResource.
 *
 * Source   API of AWS Backup; B15 (50 tags on a recovery point).
 */
import type { TagResourceInput } from '@aws-sdk/client-backup';
import { BackupLimits, TagRules } from '@holdfast/model';
import { TAGS_CHANGED } from '../../domain/event-codes';
import type { WorldState } from '../../domain/world-state';
import { NEVER } from '../../kernel/instant';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { required } from '../find-vault';
import { refuse, WIRE } from '../refuse';
import { findTagged } from '../tagged';

export function tagResource(state: WorldState, caller: Caller, input: TagResourceInput): void {
  const added = required(input.Tags, 'Tags');
  const { arn, place, tags } = findTagged(state, caller, input.ResourceArn);
  refuse(TagRules.checkEach(added, 'Tags', WIRE));
  const changed = { ...tags, ...added };
  // Those that AWS puts itself do not count (AWS's tag restrictions).
  const own = Object.keys(changed).filter((key) => !TagRules.isReserved(key));
  if (own.length > BackupLimits.TAGS_OF_RECOVERY_POINT) {
    // Assumed: the text.
    throw new AwsFault('LimitExceededException', `A resource has at most ${BackupLimits.TAGS_OF_RECOVERY_POINT} tags.`);
  }
  state.ledger.changedTags.put(arn, changed);
  state.ledger.declare(TAGS_CHANGED, arn, place, JSON.stringify(Object.entries(changed).sort()), 0, NEVER);
}
