/**
 * Stacks as DescribeStacks and its like show them.
 *
 * Pure: domain in, the SDK's shapes out.
 */
import type * as sdk from '@aws-sdk/client-cloudformation';
import type { MadeResource, Stack, StackEvent, StackParameter, StackResource } from '../domain/stacks';
import { dateOf } from '../kernel/instant';
import { given, toDate } from '../operations/backup/shapes';
import { showDriftOf, showStackDrift } from './show-drift';

export function showParameter({ key, value, resolved, noEcho }: StackParameter): sdk.Parameter {
  return given({
    ParameterKey: key,
    ParameterValue: noEcho ? '****' : value,
    ResolvedValue: noEcho ? undefined : resolved,
  });
}

export function showTags(tags: Readonly<Record<string, string>>): sdk.Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function showStack(stack: Stack): sdk.Stack {
  const { design } = stack;
  const outputs = stack.outputs.map(({ key, value, description, exportName }) =>
    given({ OutputKey: key, OutputValue: value, Description: description, ExportName: exportName }),
  );
  return given({
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: stack.description,
    Parameters: design?.parameters.map(showParameter) ?? [],
    CreationTime: dateOf(stack.createdAt),
    DeletionTime: toDate(stack.deletedAt),
    LastUpdatedTime: toDate(stack.updatedAt),
    RollbackConfiguration: {},
    StackStatus: stack.status as sdk.StackStatus,
    StackStatusReason: stack.reason,
    DisableRollback: stack.disableRollback,
    NotificationARNs: [...(design?.notificationArns ?? [])],
    TimeoutInMinutes: stack.timeoutMinutes,
    Capabilities: (design?.capabilities ?? []) as sdk.Capability[],
    Outputs: outputs,
    RoleARN: design?.roleArn,
    Tags: showTags(design?.tags ?? {}),
    EnableTerminationProtection: stack.terminationProtection,
    ParentId: stack.parent?.id,
    RootId: stack.root?.id,
    DriftInformation: showStackDrift(stack),
  });
}

export function showSummary(stack: Stack): sdk.StackSummary {
  return given({
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.description,
    CreationTime: dateOf(stack.createdAt),
    LastUpdatedTime: toDate(stack.updatedAt),
    DeletionTime: toDate(stack.deletedAt),
    StackStatus: stack.status as sdk.StackStatus,
    StackStatusReason: stack.reason,
    ParentId: stack.parent?.id,
    RootId: stack.root?.id,
    DriftInformation: showStackDrift(stack),
  });
}

export function showEvent(stack: Stack, event: StackEvent): sdk.StackEvent {
  return given({
    StackId: stack.id,
    EventId: event.id,
    StackName: stack.name,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId ?? '',
    ResourceType: event.type,
    Timestamp: dateOf(event.at),
    ResourceStatus: event.status as sdk.ResourceStatus,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties === undefined ? undefined : JSON.stringify(event.properties),
    ClientRequestToken: event.token,
  });
}

export function showResource(stack: Stack, resource: StackResource): sdk.StackResource {
  return given({
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: dateOf(resource.at),
    ResourceStatus: resource.status as sdk.ResourceStatus,
    ResourceStatusReason: resource.reason,
    DriftInformation: showDriftOf(resource),
  });
}

export function showResourceDetail(stack: Stack, resource: StackResource): sdk.StackResourceDetail {
  const { Timestamp, ...shown } = showResource(stack, resource);
  const { made } = resource;
  return given({ ...shown, LastUpdatedTimestamp: Timestamp, Metadata: metadataOf(made) });
}

export function showResourceSummary(stack: Stack, resource: StackResource): sdk.StackResourceSummary {
  const { Timestamp, StackName: _name, StackId: _id, ...shown } = showResource(stack, resource);
  return given({ ...shown, LastUpdatedTimestamp: Timestamp });
}

function metadataOf(made: MadeResource | undefined): string | undefined {
  return made === undefined || Object.keys(made.metadata).length === 0 ? undefined : JSON.stringify(made.metadata);
}
