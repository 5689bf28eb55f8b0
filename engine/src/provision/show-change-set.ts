/**
 * Changes as DescribeChangeSet shows them.
 *
 * Pure: domain in, the SDK's shapes out.
 * Source   API of CloudFormation 2010-05-15, ResourceChange; reference/toolchain.md A 4: the CDK shows what has a Target.
 */
import type * as sdk from '@aws-sdk/client-cloudformation';
import type { PropertyChange, ResourceChange } from '../domain/change-sets';
import { given } from '../operations/backup/shapes';

export function showChange(change: ResourceChange, withValues: boolean): sdk.Change {
  const { action, properties } = change;
  const modifies = action === 'Modify';
  const context = (value: unknown) =>
    withValues && value !== undefined ? JSON.stringify({ Properties: value }) : undefined;
  const details = properties.map((property) => showDetail(property, withValues));
  return {
    Type: 'Resource',
    ResourceChange: given({
      PolicyAction: policyAction(change),
      Action: action,
      LogicalResourceId: change.logicalId,
      PhysicalResourceId: change.physicalId,
      ResourceType: change.type,
      Replacement: modifies ? replacementOf(change) : undefined,
      Scope: modifies ? [properties.length > 0 ? ('Properties' as const) : ('Tags' as const)] : [],
      Details: modifies && properties.length === 0 ? [{ Target: { Attribute: 'Tags' as const } }] : details,
      BeforeContext: context(change.before),
      AfterContext: context(change.after),
    }),
  };
}

function showDetail(property: PropertyChange, withValues: boolean): sdk.ResourceChangeDetail {
  const { name, before, after, replaces, dynamic } = property;
  const kind = before === undefined ? 'Add' : after === undefined ? 'Remove' : 'Modify';
  return {
    Target: given({
      Attribute: 'Properties' as const,
      Name: name,
      RequiresRecreation: replaces ? ('Always' as const) : ('Never' as const),
      Path: `/Properties/${name}`,
      BeforeValue: withValues ? textOf(before) : undefined,
      AfterValue: withValues ? textOf(after) : undefined,
      AttributeChangeType: withValues ? (kind as sdk.AttributeChangeType) : undefined,
    }),
    Evaluation: dynamic ? 'Dynamic' : 'Static',
    ChangeSource: dynamic ? 'ResourceReference' : 'DirectModification',
  };
}

/** What follows from a resource that is yet to be made may turn out to be what it was. */
function replacementOf({ replaced, properties }: ResourceChange): sdk.Replacement {
  const sure = properties.some(({ replaces, dynamic }) => replaces && !dynamic);
  return replaced ? (sure ? 'True' : 'Conditional') : 'False';
}

function policyAction({ action, policy, replaced }: ResourceChange): sdk.PolicyAction | undefined {
  if (action === 'Remove') {
    return policy as sdk.PolicyAction;
  }
  return replaced ? 'ReplaceAndDelete' : undefined;
}

function textOf(value: unknown): string | undefined {
  return value === undefined || typeof value === 'string' ? value : JSON.stringify(value);
}
