import { Finding, IValueProbe } from './finding';
import { at, found } from './private/found';
import { absent, readable } from './private/reading';
import { TERRAFORM } from './private/tables/terraform';

/**
 * What an `aws_organizations_organization` of Terraform enables.
 */
export interface TerraformOrganization {
  /**
   * Service principals that have trusted access.
   *
   * @default - none
   */
  readonly awsServiceAccessPrincipals?: string[];

  /**
   * Types of policies that the root has.
   *
   * @default - none
   */
  readonly enabledPolicyTypes?: string[];
}

/** Service principal of AWS Backup, and its type of policies. */
const AWS_BACKUP = 'backup.amazonaws.com';
const BACKUP_POLICY = 'BACKUP_POLICY';

/**
 * Whether an organization of Terraform enables what delegated administrators of AWS Backup need.
 */
export class TerraformOrganizationRules {
  /**
   * What the rules find. Never throws.
   *
   * @param backupPolicies whether backup policies are needed
   * @param path where the organization is declared
   * @param probe tells which values are known now
   * @param organization the organization; none where it is made elsewhere
   */
  public static check(
    backupPolicies: boolean,
    path: string,
    probe: IValueProbe,
    organization?: TerraformOrganization,
  ): Finding[] {
    if (organization === undefined) {
      return [found(TERRAFORM.organizationUnknown, path, 'none')];
    }
    const { awsServiceAccessPrincipals, enabledPolicyTypes } = organization;
    return [
      ...needs(awsServiceAccessPrincipals, AWS_BACKUP, at(path, 'awsServiceAccessPrincipals'), probe),
      ...(backupPolicies ? needs(enabledPolicyTypes, BACKUP_POLICY, at(path, 'enabledPolicyTypes'), probe) : []),
    ];
  }

  private constructor() {}
}

/** A list with a member that is not known yet may have it. */
function needs(list: string[] | undefined, member: string, path: string, probe: IValueProbe): Finding[] {
  const given = absent(list) ? [] : list;
  const open = !absent(list) && (!readable(list, probe) || list.some((it) => !probe.known(it)));
  return open || given!.includes(member)
    ? []
    : [found(TERRAFORM.organizationEnables, path, given!.join(', ') || 'none', `a list with ${member}`)];
}
