/**
 * What calls about stack sets have in common: the design that one asks for.
 *
 * Pure: reads the World.
 * Source   API of CloudFormation 2010-05-15: CreateStackSet, UpdateStackSet.
 */
import type { ManagedExecution, Parameter } from '@aws-sdk/client-cloudformation';
import type { StackSetDesign } from '../domain/stack-sets';
import type { WorldState } from '../domain/world-state';
import type { Caller } from '../operations/caller';
import { AwsFault } from '../operations/fault';
import { Asked, designOf } from './stack-calls';

export interface AskedStackSet extends Asked {
  readonly Description?: string | undefined;
  readonly PermissionModel?: string | undefined;
  readonly AdministrationRoleARN?: string | undefined;
  readonly ExecutionRoleName?: string | undefined;
  readonly AutoDeployment?:
    { readonly Enabled?: boolean | undefined; readonly RetainStacksOnAccountRemoval?: boolean | undefined } | undefined;
  readonly ManagedExecution?: ManagedExecution | undefined;
}

/** @throws AwsFault ValidationError, or InsufficientCapabilitiesException */
export function stackSetDesign(
  state: WorldState,
  caller: Caller,
  name: string,
  asked: AskedStackSet,
  before?: StackSetDesign,
): StackSetDesign {
  const { design } = designOf(state, caller, name, asked, before);
  const auto = asked.AutoDeployment;
  const model = asked.PermissionModel ?? before?.permissionModel ?? 'SELF_MANAGED';
  if (auto?.Enabled === true && model === 'SELF_MANAGED') {
    throw new AwsFault('ValidationError', 'You can not specify AutoDeployment with the SELF_MANAGED permission model');
  }
  return {
    ...design,
    description: asked.Description ?? before?.description,
    permissionModel: model === 'SERVICE_MANAGED' ? 'SERVICE_MANAGED' : 'SELF_MANAGED',
    administrationRoleArn: asked.AdministrationRoleARN ?? before?.administrationRoleArn,
    executionRoleName: asked.ExecutionRoleName ?? before?.executionRoleName,
    autoDeployment:
      auto === undefined
        ? before?.autoDeployment
        : { enabled: auto.Enabled ?? false, retains: auto.RetainStacksOnAccountRemoval ?? false },
    managedExecution: asked.ManagedExecution?.Active ?? before?.managedExecution ?? false,
  };
}

/** Undefined where a call says nothing of them: they stay as they are. */
export function overridesOf(parameters: readonly Parameter[] | undefined): Record<string, string> | undefined {
  return parameters && Object.fromEntries(parameters.map((one) => [one.ParameterKey ?? '', one.ParameterValue ?? '']));
}
