import { Finding, IValueProbe } from './finding';
import { OrganizationsLimits } from './organizations-limits';
import { at, found } from './private/found';
import { absent, lengthOf, members, shown } from './private/reading';
import { ORGANIZATION } from './private/tables/organization';

/**
 * Who may manage the backup policies of an organization instead of its management account.
 */
export interface OrganizationDelegation {
  /**
   * Ids of the member accounts, 1 to 5.
   */
  readonly accountIds: string[];

  /**
   * Id of the organization, `o-…`.
   */
  readonly organizationId: string;

  /**
   * Id of the management account, which owns the organization's ARNs.
   */
  readonly managementAccountId: string;

  /**
   * Partition of the organization.
   *
   * @default 'aws'
   */
  readonly partition?: string;
}

const { RESOURCE_POLICY_CHARACTERS: SIZE, DELEGATED_ADMINISTRATORS: ADMINISTRATORS } = OrganizationsLimits;

/** What tells how an organization is laid out; these actions know neither resources nor types of policies. */
const LAYOUT = [
  'organizations:DescribeAccount',
  'organizations:DescribeOrganization',
  'organizations:DescribeOrganizationalUnit',
  'organizations:ListAccounts',
  'organizations:ListAccountsForParent',
  'organizations:ListChildren',
  'organizations:ListOrganizationalUnitsForParent',
  'organizations:ListParents',
  'organizations:ListRoots',
];

/** What reads policies. */
const READING = [
  'organizations:DescribeEffectivePolicy',
  'organizations:DescribePolicy',
  'organizations:ListPolicies',
  'organizations:ListPoliciesForTarget',
  'organizations:ListTagsForResource',
  'organizations:ListTargetsForPolicy',
];

/** What makes, changes and removes policies. */
const WRITING = ['organizations:CreatePolicy', 'organizations:DeletePolicy', 'organizations:UpdatePolicy'];

const ATTACHING = ['organizations:AttachPolicy', 'organizations:DetachPolicy'];

const TAGGING = ['organizations:TagResource', 'organizations:UntagResource'];

/**
 * The resource policy by which an organization lets member accounts manage its backup policies.
 */
export class OrganizationDelegations {
  /**
   * The policy document: reads the layout of the organization, and reads, writes and attaches policies of the type
   * `BACKUP_POLICY` alone. To enable and disable the type stays with the management account.
   *
   * @param delegation who may
   */
  public static backupPolicies(delegation: OrganizationDelegation): any {
    const { partition = 'aws', managementAccountId, organizationId } = delegation;
    const principals = delegation.accountIds.map((account) => `arn:${partition}:iam::${account}:root`);
    const arn = (resource: string) => `arn:${partition}:organizations::${managementAccountId}:${resource}`;
    const policies = arn(`policy/${organizationId}/backup_policy/*`);
    const targets = ['root', 'ou', 'account'].map((kind) => arn(`${kind}/${organizationId}/*`));
    const backupOnly = { StringEquals: { 'organizations:PolicyType': 'BACKUP_POLICY' } };
    const allow = (Sid: string, Action: string[], Resource: string | string[], Condition?: object) => ({
      Sid,
      Effect: 'Allow',
      Principal: { AWS: principals },
      Action,
      Resource,
      ...(Condition === undefined ? {} : { Condition }),
    });
    return {
      Version: '2012-10-17',
      Statement: [
        allow('ReadTheOrganization', LAYOUT, '*'),
        allow('ReadBackupPolicies', READING, '*', {
          StringLikeIfExists: { 'organizations:PolicyType': 'BACKUP_POLICY' },
        }),
        allow('WriteBackupPolicies', WRITING, policies, backupOnly),
        allow('AttachBackupPolicies', ATTACHING, [policies, ...targets], backupOnly),
        allow('TagBackupPolicies', TAGGING, policies),
      ],
    };
  }

  /**
   * What the rules find. Never throws.
   *
   * @param delegation the declaration
   * @param path where the declaration is, empty for none
   * @param probe tells which values are known now
   */
  public static check(delegation: OrganizationDelegation, path: string, probe: IValueProbe): Finding[] {
    const { accountIds } = delegation;
    const count = absent(accountIds) ? 0 : lengthOf(accountIds, probe);
    const findings: Finding[] = [];
    if (count !== undefined && (count < 1 || count > ADMINISTRATORS)) {
      findings.push(found(ORGANIZATION.administrators, at(path, 'accountIds'), String(count)));
    }
    for (const [index, account] of members(accountIds, probe)) {
      if (!/^\d{12}$/.test(account)) {
        findings.push(found(ORGANIZATION.account, at(at(path, 'accountIds'), index), shown(account)));
      }
    }
    return findings;
  }

  /**
   * What the rules find in the resource policy of an organization, of which there is one. Never throws.
   *
   * @param document the policy document
   * @param path where the document is, empty for none
   */
  public static checkDocument(document: any, path: string): Finding[] {
    const size = JSON.stringify(document).length;
    return size > SIZE ? [found(ORGANIZATION.delegationSize, path, `${size} characters`)] : [];
  }

  private constructor() {}
}
