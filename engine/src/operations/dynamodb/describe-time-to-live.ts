/**
 * DescribeTimeToLive.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { DescribeTimeToLiveCommandInput, DescribeTimeToLiveCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findTable, tableParticulars } from '../tables';

export function describeTimeToLive(
  state: WorldState,
  caller: Caller,
  { TableName }: DescribeTimeToLiveCommandInput,
): Omit<DescribeTimeToLiveCommandOutput, '$metadata'> {
  const { timeToLiveAttribute: AttributeName } = tableParticulars(state, findTable(state, caller, TableName));
  return {
    TimeToLiveDescription:
      AttributeName === undefined ? { TimeToLiveStatus: 'DISABLED' } : { TimeToLiveStatus: 'ENABLED', AttributeName },
  };
}
