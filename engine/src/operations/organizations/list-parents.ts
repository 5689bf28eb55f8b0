/**
 * ListParents.
 *
 * Source   API reference of AWS Organizations, ListParents.
 */
import type { ListParentsCommandInput, ListParentsCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findAdministered } from '../find-organization';

export function listParents(
  state: WorldState,
  caller: Caller,
  input: ListParentsCommandInput,
): Omit<ListParentsCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const parent = organization.tryFind(input.ChildId ?? '')?.parent;
  if (parent === undefined) {
    throw new AwsFault('ChildNotFoundException', `There is no child ${input.ChildId}.`);
  }
  return { Parents: [{ Id: parent.id, Type: parent.kind === 'ROOT' ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] };
}
