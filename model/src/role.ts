import { Environment } from './environment';

/**
 * A policy that is part of a role, user or group.
 */
export interface InlinePolicy {
  /**
   * Name of the policy.
   */
  readonly policyName: string;

  /**
   * The policy document.
   */
  readonly document: any;
}

/**
 * A role of IAM, as declared.
 */
export interface IamRole {
  /**
   * Partition and account of the role; the Region is empty, as IAM has none.
   */
  readonly env: Environment;

  /**
   * Name of the role, unique in the account.
   */
  readonly roleName: string;

  /**
   * Path of the role, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Who may assume the role.
   */
  readonly trustPolicy: any;

  /**
   * What the role is for.
   *
   * @default - none
   */
  readonly description?: string;

  /**
   * Policies that are part of the role.
   *
   * @default - none
   */
  readonly inlinePolicies?: InlinePolicy[];

  /**
   * ARNs of managed policies, those of AWS and of the customer.
   *
   * @default - none
   */
  readonly managedPolicyArns?: string[];

  /**
   * ARN of the managed policy that is the permissions boundary.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Whether the role is given policies that cannot be known before deployment.
   *
   * @default false
   */
  readonly partlyKnown?: boolean;

  /**
   * Tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}

/**
 * A managed policy of the customer, as declared.
 */
export interface IamPolicy {
  /**
   * Partition and account of the policy; the Region is empty, as IAM has none.
   */
  readonly env: Environment;

  /**
   * Name of the policy, unique in the account.
   */
  readonly policyName: string;

  /**
   * Path of the policy, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * The policy document.
   */
  readonly document: any;

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}

/**
 * A group of users of IAM, as declared.
 */
export interface IamGroup {
  /**
   * Partition and account of the group; the Region is empty, as IAM has none.
   */
  readonly env: Environment;

  /**
   * Name of the group, unique in the account.
   */
  readonly groupName: string;

  /**
   * Path of the group, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Policies that are part of the group.
   *
   * @default - none
   */
  readonly inlinePolicies?: InlinePolicy[];

  /**
   * ARNs of managed policies, those of AWS and of the customer.
   *
   * @default - none
   */
  readonly managedPolicyArns?: string[];

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}

/**
 * A user of IAM, as declared.
 */
export interface IamUser {
  /**
   * Partition and account of the user; the Region is empty, as IAM has none.
   */
  readonly env: Environment;

  /**
   * Name of the user, unique in the account.
   */
  readonly userName: string;

  /**
   * Path of the user, with a slash at both ends.
   *
   * @default '/'
   */
  readonly path?: string;

  /**
   * Names of the groups that the user is a member of.
   *
   * @default - none
   */
  readonly groupNames?: string[];

  /**
   * Policies that are part of the user.
   *
   * @default - none
   */
  readonly inlinePolicies?: InlinePolicy[];

  /**
   * ARNs of managed policies, those of AWS and of the customer.
   *
   * @default - none
   */
  readonly managedPolicyArns?: string[];

  /**
   * ARN of the managed policy that is the permissions boundary.
   *
   * @default - none
   */
  readonly permissionsBoundaryArn?: string;

  /**
   * Tags.
   *
   * @default - none
   */
  readonly tags?: { [key: string]: string };

  /**
   * Where the declaration stands, e.g. file and logical id.
   *
   * @default - unknown
   */
  readonly declaredAt?: string;
}
