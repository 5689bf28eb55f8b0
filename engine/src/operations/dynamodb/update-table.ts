/**
 * UpdateTable.
 *
 * Source   API of DynamoDB 2012-08-10. Replicas are not modelled.
 */
import type { UpdateTableCommandInput, UpdateTableCommandOutput } from '@aws-sdk/client-dynamodb';
import { keyArnOf } from '../../domain/stateful-resources';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { changeResource, environmentOf } from '../stateful';
import { changedIndexes, findTable, tableKey, tableParticulars, tableShape } from '../tables';

export function updateTable(
  state: WorldState,
  caller: Caller,
  input: UpdateTableCommandInput,
): Omit<UpdateTableCommandOutput, '$metadata'> {
  if ((input.ReplicaUpdates ?? []).length > 0) {
    throw new AwsFault('NotEmulated', 'dynamodb: ReplicaUpdates of UpdateTable is not emulated');
  }
  const table = findTable(state, caller, input.TableName);
  const kept = tableParticulars(state, table);
  const stream = input.StreamSpecification;
  if (stream !== undefined && (stream.StreamEnabled === true) === (kept.streamView !== undefined)) {
    const has = kept.streamView === undefined ? 'no enabled stream' : 'an enabled stream';
    throw new AwsFault('ValidationException', `Table already has ${has}: TableName: ${table.declaration.name}`);
  }
  const units = input.ProvisionedThroughput;
  const onDemand = input.BillingMode === 'PAY_PER_REQUEST';
  state.ledger.particulars.tables.change(table.arn, {
    ...given({
      attributes: input.AttributeDefinitions,
      billingMode: input.BillingMode,
      readUnits: onDemand ? 0 : units?.ReadCapacityUnits,
      writeUnits: onDemand ? 0 : units?.WriteCapacityUnits,
      globalIndexes: changedIndexes(kept.globalIndexes, input.GlobalSecondaryIndexUpdates),
      tableClass: input.TableClass,
      deletionProtection: input.DeletionProtectionEnabled,
      onDemandLimits: input.OnDemandThroughput && {
        read: input.OnDemandThroughput.MaxReadRequestUnits,
        write: input.OnDemandThroughput.MaxWriteRequestUnits,
      },
    }),
    ...(stream !== undefined && {
      streamView: stream.StreamEnabled === true ? stream.StreamViewType : undefined,
      streamedAt: stream.StreamEnabled === true ? state.now : undefined,
    }),
  });
  if (input.SSESpecification === undefined) {
    return { TableDescription: tableShape(state, table) };
  }
  const key = tableKey(input.SSESpecification);
  const { encryptedWith: _key, ...plain } = table.declaration;
  const encrypted = key === undefined ? {} : { encryptedWith: keyArnOf(key, environmentOf(caller)) };
  state.addResource({ ...plain, ...encrypted });
  return { TableDescription: tableShape(state, changeResource(state, table, {})) };
}
