/**
 * Stack sets as their calls show them.
 *
 * Pure: domain in, the SDK's shapes out.
 */
import type * as sdk from '@aws-sdk/client-cloudformation';
import type { StackInstance, StackSet, StackSetOperation } from '../domain/stack-sets';
import { dateOf } from '../kernel/instant';
import { given } from '../operations/backup/shapes';
import { showParameter, showTags } from './show-stack';

export function showStackSet(set: StackSet): sdk.StackSet {
  const { design } = set;
  const { autoDeployment: auto } = design;
  const units = [...new Set([...set.instances.values()].flatMap(({ unitId }) => unitId ?? []))];
  return given({
    StackSetName: set.name,
    StackSetId: set.id,
    StackSetARN: set.arn,
    Description: design.description,
    Status: 'ACTIVE' as const,
    TemplateBody: design.templateText,
    Parameters: design.parameters.map(showParameter),
    Capabilities: [...design.capabilities] as sdk.Capability[],
    Tags: showTags(design.tags),
    PermissionModel: design.permissionModel,
    AdministrationRoleARN: design.administrationRoleArn,
    ExecutionRoleName: design.executionRoleName,
    AutoDeployment: auto && { Enabled: auto.enabled, RetainStacksOnAccountRemoval: auto.retains },
    OrganizationalUnitIds: units,
    ManagedExecution: { Active: design.managedExecution },
    Regions: [...new Set([...set.instances.values()].map(({ region }) => region))],
  });
}

export function showInstance(set: StackSet, instance: StackInstance): sdk.StackInstance {
  const { account, region, unitId, stackId, status, outcome, reason, overrides, operationId } = instance;
  return given({
    StackSetId: set.id,
    Account: account,
    Region: region,
    StackId: stackId,
    Status: status,
    StatusReason: reason,
    StackInstanceStatus: { DetailedStatus: outcome },
    OrganizationalUnitId: unitId,
    ParameterOverrides: Object.entries(overrides).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    LastOperationId: operationId,
    DriftStatus: 'NOT_CHECKED' as const,
  });
}

export function showInstanceSummary(set: StackSet, instance: StackInstance): sdk.StackInstanceSummary {
  const { ParameterOverrides: _overrides, ...shown } = showInstance(set, instance);
  return shown;
}

export function showOperation(set: StackSet, operation: StackSetOperation): sdk.StackSetOperation {
  const { id, action, at, status, results } = operation;
  return {
    OperationId: id,
    StackSetId: set.id,
    Action: action,
    Status: status,
    CreationTimestamp: dateOf(at),
    EndTimestamp: dateOf(at),
    StatusDetails: { FailedStackInstancesCount: results.filter((one) => one.status === 'FAILED').length },
  };
}
