/**
 * Keys and indexes of tables that an artifact declares, so that clients find the table that they were written for.
 *
 * Source   API of DynamoDB 2012-08-10, whose shapes CloudFormation takes over.
 */
import type { StatefulResource } from '@holdfast/model';
import type { TableParticulars } from '../domain/tables';
import type { WorldState } from '../domain/world-state';
import { sortedBy } from '../kernel/order';

/** What of a table its declaration says. */
export type TableSchema = Partial<
  Pick<TableParticulars, 'attributes' | 'keySchema' | 'globalIndexes' | 'localIndexes' | 'timeToLiveAttribute'>
>;

/** A table as a reader found it. */
export interface DeclaredTable extends StatefulResource {
  readonly table?: TableSchema;
}

/** With attributes in one order, whatever the artifact's form has. */
export function withSchema(resource: StatefulResource, { attributes, ...others }: TableSchema): DeclaredTable {
  const ordered = attributes && sortedBy(attributes, ({ AttributeName = '' }) => AttributeName);
  const said = Object.entries({ attributes: ordered, ...others }).filter(([, value]) => value !== undefined);
  return said.length === 0 ? resource : { ...resource, table: Object.fromEntries(said) as TableSchema };
}

/** The table that is there now has the keys that its declaration says. */
export function deployTable(state: WorldState, { arn, table }: DeclaredTable): void {
  if (table === undefined) {
    return;
  }
  const { particulars, resources } = state.ledger;
  particulars.tables.change(arn, table);
  const found = resources.tryFind(arn);
  if (found !== undefined) {
    state.tableItems.expectExpiry(found);
  }
}
