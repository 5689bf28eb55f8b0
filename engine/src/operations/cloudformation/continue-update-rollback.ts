/**
 * ContinueUpdateRollback: a rollback that failed goes on, and is over when the call returns.
 *
 * Source   API of CloudFormation 2010-05-15, ContinueUpdateRollback: from UPDATE_ROLLBACK_FAILED alone; resources to skip are those
 *          that failed.
 */
import type {
  ContinueUpdateRollbackCommandInput,
  ContinueUpdateRollbackCommandOutput,
} from '@aws-sdk/client-cloudformation';
import type { WorldState } from '../../domain/world-state';
import { authorityOf } from '../../provision/authority';
import { findStandingStack, refuseStatus } from '../../provision/stack-calls';
import { continueRollback } from '../../provision/stack-lifecycle';
import { start } from '../../provision/work';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';

type Output = Omit<ContinueUpdateRollbackCommandOutput, '$metadata'>;

export function continueUpdateRollback(
  state: WorldState,
  caller: Caller,
  { StackName, ResourcesToSkip = [], ClientRequestToken, RoleARN }: ContinueUpdateRollbackCommandInput,
): Output | Promise<Output> {
  const stack = findStandingStack(state, caller, StackName);
  refuseStatus(stack, /^UPDATE_ROLLBACK_FAILED$/, 'continued');
  const failed = (stack.pending?.undos ?? []).map(({ after }) => after.logicalId);
  const other = ResourcesToSkip.find((id) => !failed.includes(id));
  if (other !== undefined) {
    const why = `The following resources cannot be skipped, as they did not fail to roll back: [${other}]`;
    throw new AwsFault('ValidationError', why);
  }
  stack.authority = authorityOf(caller, RoleARN ?? stack.design?.roleArn);
  const made = start(continueRollback(state, stack, ClientRequestToken, new Set(ResourcesToSkip)));
  return made instanceof Promise ? made.then(() => ({})) : {};
}
