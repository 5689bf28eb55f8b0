/**
 * CreateTable.
 *
 * Source   API of DynamoDB 2012-08-10. A table is active at once (Assumed).
 */
import type { CreateTableCommandInput, CreateTableCommandOutput } from '@aws-sdk/client-dynamodb';
import { keyArnOf } from '../../domain/stateful-resources';
import type { WorldState } from '../../domain/world-state';
import { given } from '../backup/shapes';
import type { Caller } from '../caller';
import { AwsFault } from '../fault';
import { environmentOf, makeResource, tagMap } from '../stateful';
import { checkTable, indexOf, TABLE, tableKey, tableShape, tryFindTable } from '../tables';

export function createTable(
  state: WorldState,
  caller: Caller,
  input: CreateTableCommandInput,
): Omit<CreateTableCommandOutput, '$metadata'> {
  const name = checkTable(input);
  if (tryFindTable(state, caller, name) !== undefined) {
    throw new AwsFault('ResourceInUseException', `Table already exists: ${name}`);
  }
  const key = tableKey(input.SSESpecification);
  const encryptionKey = key === undefined ? undefined : keyArnOf(key, environmentOf(caller));
  const tags = tagMap(input.Tags);
  const table = makeResource(state, caller, { service: TABLE, name, tags, encryptionKey, sizeGiB: 0 });
  state.tableItems.created(table);
  const { ReadCapacityUnits: readUnits = 0, WriteCapacityUnits: writeUnits = 0 } = input.ProvisionedThroughput ?? {};
  const made = {
    attributes: input.AttributeDefinitions ?? [],
    keySchema: input.KeySchema ?? [],
    billingMode: input.BillingMode ?? 'PROVISIONED',
    readUnits,
    writeUnits,
    globalIndexes: (input.GlobalSecondaryIndexes ?? []).map(indexOf),
    localIndexes: (input.LocalSecondaryIndexes ?? []).map(indexOf),
    streamView:
      input.StreamSpecification?.StreamEnabled === true ? input.StreamSpecification.StreamViewType : undefined,
    streamedAt: input.StreamSpecification?.StreamEnabled === true ? state.now : undefined,
    tableClass: input.TableClass,
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    onDemandLimits: input.OnDemandThroughput && {
      read: input.OnDemandThroughput.MaxReadRequestUnits,
      write: input.OnDemandThroughput.MaxWriteRequestUnits,
    },
  };
  state.ledger.particulars.tables.put(table.arn, given(made));
  return { TableDescription: tableShape(state, table) };
}
