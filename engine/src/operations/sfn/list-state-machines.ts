/**
 * ListStateMachines of an account and Region.
 *
 * Source   API of Step Functions 2016-11-23, ListStateMachines.
 */
import type { ListStateMachinesCommandInput, ListStateMachinesCommandOutput } from '@aws-sdk/client-sfn';
import { stateMachineArn } from '../../domain/state-machines';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { dateOf } from '../../kernel/instant';
import { given } from '../backup/shapes';
import { pageOf } from '../page';

export function listStateMachines(
  state: WorldState,
  caller: Caller,
  input: ListStateMachinesCommandInput,
): Omit<ListStateMachinesCommandOutput, '$metadata'> {
  const prefix = stateMachineArn(caller, '');
  const machines = state.services.messaging.stateMachines.list().filter(({ arn }) => arn.startsWith(prefix));
  const page = pageOf(machines, input.maxResults, input.nextToken, {
    service: 'states',
    operation: 'ListStateMachines',
    keyOf: ({ arn }) => arn,
  });
  return given({
    stateMachines: page.items.map(({ arn, name, type, createdAt }) => ({
      stateMachineArn: arn,
      name,
      type,
      creationDate: dateOf(createdAt),
    })),
    nextToken: page.nextToken,
  });
}
