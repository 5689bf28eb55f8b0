/**
 * DescribeAccount.
 *
 * Source   API reference of AWS Organizations, DescribeAccount.
 */
import type { DescribeAccountCommandInput, DescribeAccountCommandOutput } from '@aws-sdk/client-organizations';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findAccount, findAdministered } from '../find-organization';
import { showAccount } from '../show-organization';

export function describeAccount(
  state: WorldState,
  caller: Caller,
  input: DescribeAccountCommandInput,
): Omit<DescribeAccountCommandOutput, '$metadata'> {
  return { Account: showAccount(findAccount(findAdministered(state, caller), input.AccountId)) };
}
