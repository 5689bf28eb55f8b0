/**
 * ListRoots.
 *
 * Source   API reference of AWS Organizations, ListRoots.
 */
import type { ListRootsCommandInput, ListRootsCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAdministered } from '../find-organization';

export function listRoots(
  state: WorldState,
  caller: Caller,
  _input: ListRootsCommandInput,
): Omit<ListRootsCommandOutput, '$metadata'> {
  const organization = findAdministered(state, caller);
  const { id, arn, name } = organization.root;
  const PolicyTypes = [...organization.enabledKinds].map((Type) => ({ Type, Status: 'ENABLED' as const }));
  return { Roots: [{ Id: id, Arn: arn, Name: name, PolicyTypes }] };
}
