import { Environment } from './environment';
import { GlobalSettings } from './global-settings';

/**
 * An organizational unit, as declared.
 */
export interface OrganizationUnit {
  /**
   * Id of the unit, `ou-…`.
   */
  readonly unitId: string;

  /**
   * Name of the unit.
   */
  readonly unitName: string;

  /**
   * Id of the unit or root above.
   */
  readonly parentId: string;
}

/**
 * An account of an organization, as declared.
 */
export interface OrganizationMember {
  /**
   * Id of the account, 12 digits.
   */
  readonly accountId: string;

  /**
   * Name of the account.
   */
  readonly accountName: string;

  /**
   * Address of its root user.
   */
  readonly email: string;

  /**
   * Id of the unit or root above.
   *
   * @default - the root
   */
  readonly parentId?: string;
}

/**
 * A policy of an organization, as declared.
 */
export interface OrganizationPolicy {
  /**
   * Id of the policy, `p-…`.
   */
  readonly policyId: string;

  /**
   * Name of the policy.
   */
  readonly policyName: string;

  /**
   * `BACKUP_POLICY`, `SERVICE_CONTROL_POLICY` or `RESOURCE_CONTROL_POLICY`.
   */
  readonly policyType: string;

  /**
   * The content.
   */
  readonly content: any;

  /**
   * Ids of the root, units and accounts that have the policy.
   *
   * @default - none
   */
  readonly targetIds?: string[];

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}

/**
 * A delegated administrator, as declared.
 */
export interface OrganizationAdministrator {
  /**
   * Id of the account.
   */
  readonly accountId: string;

  /**
   * The service, e.g. `backup.amazonaws.com`.
   */
  readonly servicePrincipal: string;
}

/**
 * An organization, as declared.
 */
export interface DeclaredOrganization {
  /**
   * Partition and management account; the Region is empty, as organizations have none.
   */
  readonly env: Environment;

  /**
   * Id of the organization, `o-…`.
   */
  readonly organizationId: string;

  /**
   * Id of the root, `r-…`.
   */
  readonly rootId: string;

  /**
   * Types of policies that are enabled.
   *
   * @default - service control policies alone
   */
  readonly enabledPolicyTypes?: string[];

  /**
   * Services with trusted access.
   *
   * @default - none
   */
  readonly serviceAccessPrincipals?: string[];

  /**
   * Organizational units.
   *
   * @default - none
   */
  readonly units?: OrganizationUnit[];

  /**
   * Member accounts.
   *
   * @default - none
   */
  readonly members?: OrganizationMember[];

  /**
   * Policies.
   *
   * @default - none
   */
  readonly policies?: OrganizationPolicy[];

  /**
   * Delegated administrators.
   *
   * @default - none
   */
  readonly administrators?: OrganizationAdministrator[];

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}

/**
 * What an account sets of the organization's settings.
 */
export interface OrganizationSettings {
  /**
   * Partition and account that sets them; the Region is empty.
   */
  readonly env: Environment;

  /**
   * The settings.
   */
  readonly settings: GlobalSettings;

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}
