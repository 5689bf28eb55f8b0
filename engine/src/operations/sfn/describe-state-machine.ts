/**
 * DescribeStateMachine.
 *
 * Source   API of Step Functions 2016-11-23, DescribeStateMachine.
 */
import type { DescribeStateMachineCommandInput, DescribeStateMachineCommandOutput } from '@aws-sdk/client-sfn';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { findStateMachine } from '../find-state-machine';

export function describeStateMachine(
  state: WorldState,
  _caller: Caller,
  input: DescribeStateMachineCommandInput,
): Omit<DescribeStateMachineCommandOutput, '$metadata'> {
  const machine = findStateMachine(state, input.stateMachineArn);
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    status: 'ACTIVE',
    definition: machine.definition,
    roleArn: machine.roleArn,
    type: machine.type,
    creationDate: dateOf(machine.createdAt),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false, ...machine.logging },
    tracingConfiguration: { enabled: machine.traced },
  };
}
