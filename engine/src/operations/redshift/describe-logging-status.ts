/**
 * DescribeLoggingStatus.
 *
 * Source   API of Redshift 2012-12-01. Logging is off, as EnableLogging is not emulated.
 */
import type { DescribeLoggingStatusCommandInput, DescribeLoggingStatusCommandOutput } from '@aws-sdk/client-redshift';
import type { WorldState } from '../../domain/world-state';
import type { Caller } from '../caller';
import { findWarehouse } from '../warehouses';

export function describeLoggingStatus(
  state: WorldState,
  caller: Caller,
  { ClusterIdentifier }: DescribeLoggingStatusCommandInput,
): Omit<DescribeLoggingStatusCommandOutput, '$metadata'> {
  findWarehouse(state, caller, ClusterIdentifier);
  return { LoggingEnabled: false };
}
