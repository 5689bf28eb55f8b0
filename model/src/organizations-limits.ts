/**
 * Limits of the three kinds of organization policies that guardrails are made of.
 */
export interface OrganizationsLimitsProps {
  /**
   * Greatest size of a service control policy, in characters of JSON.
   *
   * @default 10240
   */
  readonly serviceControlPolicyCharacters?: number;

  /**
   * Service control policies that one root, unit or account takes, `FullAWSAccess` among them.
   *
   * @default 10
   */
  readonly serviceControlPoliciesAttached?: number;

  /**
   * Greatest size of a resource control policy, in characters of JSON.
   *
   * @default 5120
   */
  readonly resourceControlPolicyCharacters?: number;

  /**
   * Resource control policies that one root, unit or account takes, `RCPFullAWSAccess` among them.
   *
   * @default 5
   */
  readonly resourceControlPoliciesAttached?: number;

  /**
   * Greatest size of a declarative policy, in characters of JSON.
   *
   * @default 10000
   */
  readonly declarativePolicyCharacters?: number;

  /**
   * Declarative policies that one root, unit or account takes.
   *
   * @default 10
   */
  readonly declarativePoliciesAttached?: number;
}

/**
 * How big policies of AWS Organizations may be, and how many of a kind a root, unit or account takes.
 *
 * Source B11.3/4.
 */
export class OrganizationsLimits {
  /**
   * Greatest size of a backup policy, in characters of JSON without white space (Source B11.3).
   */
  public static readonly BACKUP_POLICY_CHARACTERS = 10000;

  /**
   * Backup policies that one root, unit or account takes (Source B11.3).
   */
  public static readonly BACKUP_POLICIES_ATTACHED = 10;

  /**
   * Greatest size of the policy that lets delegated administrators manage policies, in characters of JSON without white
   * space (Source quotas of AWS Organizations).
   */
  public static readonly RESOURCE_POLICY_CHARACTERS = 40000;

  /**
   * Organizational units below each other (Source B11.3/5).
   */
  public static readonly UNIT_DEPTH = 5;

  /**
   * Delegated administrators for AWS Backup (Source B11.3/5).
   */
  public static readonly DELEGATED_ADMINISTRATORS = 5;

  /**
   * The limits since AWS raised them: 10,240 characters, 10 service control policies on a target.
   */
  public static readonly CURRENT: OrganizationsLimits = new OrganizationsLimits({});

  /**
   * The limits before, which accounts and partitions may still have: 5,120 characters, 5 on a target.
   */
  public static readonly OLDER: OrganizationsLimits = new OrganizationsLimits({
    serviceControlPolicyCharacters: 5120,
    serviceControlPoliciesAttached: 5,
  });

  /**
   * Limits of one's own, e.g. a quota that AWS raised.
   *
   * @param props what differs from the current limits
   */
  public static of(props: OrganizationsLimitsProps): OrganizationsLimits {
    return new OrganizationsLimits(props);
  }

  /**
   * Greatest size of a service control policy, in characters.
   */
  public readonly serviceControlPolicyCharacters: number;

  /**
   * Service control policies on one target, `FullAWSAccess` among them.
   */
  public readonly serviceControlPoliciesAttached: number;

  /**
   * Greatest size of a resource control policy, in characters.
   */
  public readonly resourceControlPolicyCharacters: number;

  /**
   * Resource control policies on one target, `RCPFullAWSAccess` among them.
   */
  public readonly resourceControlPoliciesAttached: number;

  /**
   * Greatest size of a declarative policy, in characters.
   */
  public readonly declarativePolicyCharacters: number;

  /**
   * Declarative policies on one target.
   */
  public readonly declarativePoliciesAttached: number;

  private constructor(props: OrganizationsLimitsProps) {
    this.serviceControlPolicyCharacters = props.serviceControlPolicyCharacters ?? 10240;
    this.serviceControlPoliciesAttached = props.serviceControlPoliciesAttached ?? 10;
    this.resourceControlPolicyCharacters = props.resourceControlPolicyCharacters ?? 5120;
    this.resourceControlPoliciesAttached = props.resourceControlPoliciesAttached ?? 5;
    this.declarativePolicyCharacters = props.declarativePolicyCharacters ?? 10000;
    this.declarativePoliciesAttached = props.declarativePoliciesAttached ?? 10;
  }
}
