/**
 * What DynamoDB keeps of AWS::DynamoDB::Table and GlobalTable beside what backups see.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216).
 */
import type { StatefulResource } from '@holdfast/model';
import { MOST_RECOVERY_DAYS } from '../domain/tables';
import { schemaOf } from '../ingest/cloudformation/tables';
import { given } from '../operations/backup/shapes';
import { tableShape } from '../operations/tables';
import { Made, Wanted } from './handler';

/** CloudFormation writes keys, attributes and indexes as DynamoDB's own API does. */
export function keepTable(wanted: Wanted, { arn }: StatefulResource): Made {
  const { state, properties } = wanted;
  const { tables } = state.ledger.particulars;
  const before = tables.of(arn);
  const units = properties.member('ProvisionedThroughput');
  const recovery = properties.member('PointInTimeRecoverySpecification');
  const view = properties.member('StreamSpecification').member('StreamViewType').text();
  tables.change(arn, {
    globalIndexes: [],
    localIndexes: [],
    timeToLiveAttribute: undefined,
    ...schemaOf(properties),
    billingMode: properties.member('BillingMode').text() ?? 'PROVISIONED',
    readUnits: units.member('ReadCapacityUnits').number() ?? 0,
    writeUnits: units.member('WriteCapacityUnits').number() ?? 0,
    streamView: view,
    streamedAt: view === undefined ? undefined : view === before.streamView ? before.streamedAt : state.now,
    tableClass: properties.member('TableClass').text(),
    deletionProtection: properties.member('DeletionProtectionEnabled').boolean() ?? false,
    recovery:
      recovery.member('PointInTimeRecoveryEnabled').boolean() === true
        ? {
            since: before.recovery?.since ?? state.now,
            days: recovery.member('RecoveryPeriodInDays').number() ?? MOST_RECOVERY_DAYS,
          }
        : undefined,
  });
  const table = state.ledger.resources.tryFind(arn);
  if (table === undefined) {
    throw new Error(`no resource ${arn} right after it was added`);
  }
  state.tableItems.expectExpiry(table);
  return wanted.made(given({ StreamArn: tableShape(state, table).LatestStreamArn }));
}
