/**
 * Organizations, nodes and policies as AWS Organizations shows them.
 *
 * Pure: one in, the SDK's shape out.
 * Source   API model of AWS Organizations 2016-11-28.
 */
import type * as sdk from '@aws-sdk/client-organizations';
import type { Organization, OrganizationNode, OrganizationPolicy } from '../domain/organization';
import { dateOf } from '../kernel/instant';
import { given } from './backup/shapes';
import { AwsFault } from './fault';

export function showOrganization(organization: Organization): sdk.Organization {
  const management = organization.tryFind(organization.managementAccount);
  return given({
    Id: organization.id,
    Arn: organization.root.arn.replace(/:root\/.*$/, `:organization/${organization.id}`),
    FeatureSet: 'ALL' as const,
    MasterAccountId: organization.managementAccount,
    MasterAccountArn: management?.arn,
    MasterAccountEmail: management?.email,
  });
}

/** @throws AwsFault when there is none. The text is Assumed. */
export function showResourcePolicy(organization: Organization): sdk.ResourcePolicy {
  if (organization.resourcePolicy === undefined) {
    throw new AwsFault('ResourcePolicyNotFoundException', 'The organization has no resource policy.');
  }
  const { resourcePolicyId: Id, resourcePolicyArn: Arn, resourcePolicy: Content } = organization;
  return { ResourcePolicySummary: { Id, Arn }, Content };
}

export function showAccount(node: OrganizationNode): sdk.Account {
  return given({
    Id: node.id,
    Arn: node.arn,
    Name: node.name,
    Email: node.email,
    Status: 'ACTIVE' as const,
    JoinedTimestamp: dateOf(node.joinedAt),
  });
}

/** What came of CreateAccount. Assumed: accounts are there at once. */
export function showCreation({ id, name, joinedAt }: OrganizationNode): sdk.CreateAccountStatus {
  return {
    Id: `car-${id}`,
    AccountName: name,
    State: 'SUCCEEDED',
    RequestedTimestamp: dateOf(joinedAt),
    CompletedTimestamp: dateOf(joinedAt),
    AccountId: id,
  };
}

export function showUnit(node: OrganizationNode): sdk.OrganizationalUnit {
  return { Id: node.id, Arn: node.arn, Name: node.name };
}

export function showSummary(policy: OrganizationPolicy): sdk.PolicySummary {
  return {
    Id: policy.id,
    Arn: policy.arn,
    Name: policy.name,
    Description: policy.description,
    Type: policy.kind,
    AwsManaged: policy.awsManaged,
  };
}
