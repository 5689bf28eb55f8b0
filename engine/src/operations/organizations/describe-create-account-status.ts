/**
 * DescribeCreateAccountStatus.
 *
 * Source   API reference of AWS Organizations, DescribeCreateAccountStatus.
 */
import type {
  DescribeCreateAccountStatusCommandInput,
  DescribeCreateAccountStatusCommandOutput,
} from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findAdministered } from '../find-organization';
import { required } from '../find-vault';
import { showCreation } from '../show-organization';

export function describeCreateAccountStatus(
  state: WorldState,
  caller: Caller,
  input: DescribeCreateAccountStatusCommandInput,
): Omit<DescribeCreateAccountStatusCommandOutput, '$metadata'> {
  const id = required(input.CreateAccountRequestId, 'CreateAccountRequestId');
  const organization = findAdministered(state, caller);
  const account = organization.accounts().find((one) => `car-${one.id}` === id);
  // Nobody asked for the account that made the organization.
  if (account === undefined || account.id === organization.managementAccount) {
    throw new AwsFault('CreateAccountStatusNotFoundException', `There is no request ${id}.`);
  }
  return { CreateAccountStatus: showCreation(account) };
}
