import { Finding, IValueProbe } from './finding';
import { previewTree } from './private/organization/effective';
import { PlainValues } from './values';

/**
 * A backup policy that is attached to a root, an organizational unit or an account.
 */
export interface AttachedPolicy {
  /**
   * Name of the policy.
   */
  readonly policyName: string;

  /**
   * The content, as an object or as JSON text.
   */
  readonly content: any;
}

/**
 * A root, an organizational unit or an account, with what is attached to it.
 */
export interface OrganizationNode {
  /**
   * Id of the node: `r-…`, `ou-…`, or the 12 digits of an account.
   */
  readonly id: string;

  /**
   * Name of the node, for whoever reads the preview.
   *
   * @default - the id
   */
  readonly name?: string;

  /**
   * Backup policies that are attached, in any order.
   *
   * @default - none
   */
  readonly policies?: AttachedPolicy[];

  /**
   * Organizational units and accounts below.
   *
   * @default - none
   */
  readonly children?: OrganizationNode[];
}

/**
 * One value of an effective policy, and the policies that it comes from.
 */
export interface EffectiveSetting {
  /**
   * The element, by the keys of the effective policy from the name of the plan down, joined by `/`.
   */
  readonly path: string;

  /**
   * The values: one, but for lists.
   */
  readonly values: string[];

  /**
   * The policies that set, appended to or removed from the values, each as `<policy> at <node>`.
   */
  readonly setBy: string[];
}

/**
 * What a policy says and the effective policy does not heed.
 */
export interface IgnoredSetting {
  /**
   * The element, by the keys of the policy from the name of the plan down, joined by `/`.
   */
  readonly path: string;

  /**
   * The operator that is ignored.
   */
  readonly valueOperator: string;

  /**
   * The policy, as `<policy> at <node>`.
   */
  readonly policy: string;

  /**
   * Why it is ignored.
   */
  readonly because: string;
}

/**
 * What comes of all backup policies that reach an account.
 */
export interface EffectivePolicy {
  /**
   * Id of the account.
   */
  readonly accountId: string;

  /**
   * Where the account is: names of the nodes from the root down, joined by `/`.
   */
  readonly path: string;

  /**
   * The content, without operators, with the account in place of `$account`; names of rules and selections in lower case.
   */
  readonly content: any;

  /**
   * Every value with the policies that it comes from, in the order of the content.
   */
  readonly settings: EffectiveSetting[];

  /**
   * What is not heeded.
   */
  readonly ignored: IgnoredSetting[];

  /**
   * What the rules find: conflicts, and what keeps AWS from enforcing the policy.
   */
  readonly findings: Finding[];
}

/**
 * The effective backup policies of the accounts of an organization, as AWS Organizations works them out.
 *
 * Policies are merged from the root over the organizational units down to the account, plans by their names. At each node
 * `@@assign` comes first, then `@@append`, then `@@remove`. A child control holds for its element and all below it, and
 * can only be tightened further down. Which of two equal-rank assignments wins is not documented; here it is the one of
 * the policy whose name comes last, and a finding (decision 0016).
 *
 * Source B11.2/1 to B11.2/5, B11.1/7.
 */
export class EffectivePolicies {
  /**
   * The effective policy of each account at or below a node, in the order of the tree. Never throws.
   *
   * @param root the root, or any node above which no backup policy is attached
   * @param probe tells which values are known now; all of them unless given
   */
  public static preview(root: OrganizationNode, probe: IValueProbe = new PlainValues()): EffectivePolicy[] {
    return previewTree(root, probe);
  }

  private constructor() {}
}
