/**
 * The change set that a call names: by its ARN, or by its name and stack.
 *
 * Pure: reads the World.
 */
import type { ChangeSet } from '../domain/change-sets';
import type { Stack } from '../domain/stacks';
import type { WorldState } from '../domain/world-state';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';

export interface NamesChangeSet {
  readonly ChangeSetName?: string | undefined;
  readonly StackName?: string | undefined;
}

export interface FoundChangeSet {
  readonly stack: Stack;
  readonly changeSet: ChangeSet;
}

export function tryFindChangeSet(state: WorldState, caller: Caller, asked: NamesChangeSet): FoundChangeSet | undefined {
  const { ChangeSetName = '', StackName } = asked;
  const { stacks } = state.services;
  const named = StackName === undefined ? undefined : stacks.tryFind(caller, StackName);
  for (const stack of StackName === undefined ? stacks.standing(caller) : named === undefined ? [] : [named]) {
    const found = [...stack.changeSets.values()].find(({ id, name }) => id === ChangeSetName || name === ChangeSetName);
    if (found !== undefined) {
      return { stack, changeSet: found };
    }
  }
  return undefined;
}

/** @throws AwsFault ChangeSetNotFoundException, or ValidationError where there is no such stack */
export function findChangeSet(state: WorldState, caller: Caller, asked: NamesChangeSet): FoundChangeSet {
  const { ChangeSetName, StackName } = asked;
  if (StackName !== undefined && state.services.stacks.tryFind(caller, StackName) === undefined) {
    throw new AwsFault('ValidationError', `Stack [${StackName}] does not exist`);
  }
  const found = tryFindChangeSet(state, caller, asked);
  if (found === undefined) {
    throw new AwsFault('ChangeSetNotFoundException', `ChangeSet [${ChangeSetName}] does not exist`);
  }
  return found;
}
