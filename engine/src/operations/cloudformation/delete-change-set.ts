/**
 * DeleteChangeSet: one that is not there is deleted, too.
 *
 * Source   API of CloudFormation 2010-05-15, DeleteChangeSet.
 */
import type { DeleteChangeSetCommandInput, DeleteChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { tryFindChangeSet } from '../../provision/change-set-calls';
import type { Caller } from '../caller';

export function deleteChangeSet(
  state: WorldState,
  caller: Caller,
  input: DeleteChangeSetCommandInput,
): Omit<DeleteChangeSetCommandOutput, '$metadata'> {
  const found = tryFindChangeSet(state, caller, input);
  found?.stack.changeSets.delete(found.changeSet.name);
  return {};
}
