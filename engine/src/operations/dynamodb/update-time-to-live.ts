/**
 * UpdateTimeToLive.
 *
 * Source   API of DynamoDB 2012-08-10.
 */
import type { UpdateTimeToLiveCommandInput, UpdateTimeToLiveCommandOutput } from '@aws-sdk/client-dynamodb';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { findTable, tableParticulars } from '../tables';

export function updateTimeToLive(
  state: WorldState,
  caller: Caller,
  { TableName, TimeToLiveSpecification: asked }: UpdateTimeToLiveCommandInput,
): Omit<UpdateTimeToLiveCommandOutput, '$metadata'> {
  const table = findTable(state, caller, TableName);
  const enabled = asked?.Enabled === true;
  if (enabled === (tableParticulars(state, table).timeToLiveAttribute !== undefined)) {
    throw new AwsFault('ValidationException', `TimeToLive is already ${enabled ? 'enabled' : 'disabled'}`);
  }
  state.ledger.particulars.tables.change(table.arn, {
    timeToLiveAttribute: enabled ? asked?.AttributeName : undefined,
  });
  state.tableItems.expectExpiry(table);
  return asked === undefined ? {} : { TimeToLiveSpecification: asked };
}
