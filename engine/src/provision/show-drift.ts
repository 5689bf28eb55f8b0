/**
 * Drift as CloudFormation shows it.
 *
 * Pure: domain in, the SDK's shapes out.
 * Source   API of CloudFormation 2010-05-15: StackResourceDrift, StackDriftInformation.
 */
import type * as sdk from '@aws-sdk/client-cloudformation';
import type { ResourceDrift, Stack, StackResource } from '../domain/stacks';
import { dateOf } from '../kernel/instant';
import { given } from '../operations/backup/shapes';

export function showStackDrift({ detections }: Stack): sdk.StackDriftInformation {
  const last = detections.at(-1);
  return last === undefined
    ? { StackDriftStatus: 'NOT_CHECKED' }
    : { StackDriftStatus: last.drifted === 0 ? 'IN_SYNC' : 'DRIFTED', LastCheckTimestamp: dateOf(last.at) };
}

export function showDriftOf({ drift }: StackResource): sdk.StackResourceDriftInformation {
  return drift === undefined
    ? { StackResourceDriftStatus: 'NOT_CHECKED' }
    : { StackResourceDriftStatus: drift.status, LastCheckTimestamp: dateOf(drift.at) };
}

export function showResourceDrift(stack: Stack, line: StackResource, drift: ResourceDrift): sdk.StackResourceDrift {
  const { status, at, expected, actual, differences } = drift;
  return given({
    StackId: stack.id,
    LogicalResourceId: line.logicalId,
    PhysicalResourceId: line.physicalId,
    ResourceType: line.type,
    ExpectedProperties: JSON.stringify(expected),
    ActualProperties: actual === undefined ? undefined : JSON.stringify(actual),
    PropertyDifferences: differences.map((one) => ({
      PropertyPath: one.path,
      ExpectedValue: textOf(one.expected),
      ActualValue: textOf(one.actual),
      DifferenceType: one.kind,
    })),
    StackResourceDriftStatus: status,
    Timestamp: dateOf(at),
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null');
}
