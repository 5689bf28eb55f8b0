/**
 * ExecuteChangeSet: the stack is made or updated when the call returns; its other change sets are gone.
 *
 * Source   API of CloudFormation 2010-05-15, ExecuteChangeSet.
 */
import type { ExecuteChangeSetCommandInput, ExecuteChangeSetCommandOutput } from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { authorityOf } from '../../provision/authority';
import { findChangeSet } from '../../provision/change-set-calls';
import { importInto } from '../../provision/imports';
import { onFailureOf } from '../../provision/stack-calls';
import { createStack, updateStack } from '../../provision/stack-lifecycle';
import { start } from '../../provision/work';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

type Output = Omit<ExecuteChangeSetCommandOutput, '$metadata'>;

export function executeChangeSet(
  state: WorldState,
  caller: Caller,
  input: ExecuteChangeSetCommandInput,
): Output | Promise<Output> {
  const { stack, changeSet } = findChangeSet(state, caller, input);
  if (changeSet.executionStatus !== 'AVAILABLE') {
    // Source: the texts, as seen in public threads: of what failed to be made, and of what was overtaken.
    const { id, status, executionStatus } = changeSet;
    const now = status === 'FAILED' ? `status of [${status}]` : `execution status of [${executionStatus}]`;
    const why = `ChangeSet [${id}] cannot be executed in its current ${now}`;
    throw new AwsFault('InvalidChangeSetStatusException', why);
  }
  stack.disableRollback = input.DisableRollback ?? false;
  // Source: OnStackFailure is what OnFailure is elsewhere, and decides unless rolling back is turned off.
  const onFailure = input.DisableRollback === true ? 'DO_NOTHING' : onFailureOf(changeSet.onStackFailure, undefined);
  changeSet.executionStatus = 'EXECUTE_COMPLETE';
  stack.changeSets.clear();
  stack.changeSetId = changeSet.id;
  stack.authority = authorityOf(caller, changeSet.design.roleArn);
  if (changeSet.type === 'IMPORT') {
    importInto(state, stack, changeSet.design, changeSet.imports, input.ClientRequestToken);
    return {};
  }
  const run = changeSet.type === 'CREATE' ? createStack : updateStack;
  const { ClientRequestToken: token, RetainExceptOnCreate: discardsNew } = input;
  const how = { token, onFailure, policy: stack.policyText, discardsNew };
  const made = start(run(state, stack, changeSet.design, how));
  return made instanceof Promise ? made.then(() => ({})) : {};
}
