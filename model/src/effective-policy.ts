import { Finding, IValueProbe, Severity } from './finding';
import { previewTree } from './private/organization/effective';
import { PlainValues } from './values';

/** Rules about what comes of several policies. */
const OF_ORGANIZATION = /^organization-/;

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
 * A backup policy, and the nodes that it is attached to.
 */
export interface TargetedPolicy extends AttachedPolicy {
  /**
   * Ids of the root, organizational units and accounts.
   */
  readonly targetIds: string[];
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

  /**
   * The organization with further policies, each at the nodes that it is attached to.
   *
   * @param root the organization
   * @param policies the policies
   */
  public static withPolicies(root: OrganizationNode, policies: TargetedPolicy[]): OrganizationNode {
    const attached = policies
      .filter(({ targetIds }) => targetIds.includes(root.id))
      .map(({ policyName, content }) => ({ policyName, content: content as unknown }));
    return {
      ...root,
      policies: [...(root.policies ?? []), ...attached],
      children: root.children?.map((child) => EffectivePolicies.withPolicies(child, policies)),
    };
  }

  /**
   * What is found in effective policies, each finding under the first account that has it: what is found at a root or a
   * unit is found in each of its accounts, and told once.
   *
   * Advice about a plan is left out, as the policy that declares the plan has given it already.
   *
   * @param policies effective policies, as `preview` gives them
   */
  public static findings(policies: EffectivePolicy[]): Finding[] {
    const byText = new Map<string, Finding>();
    for (const { accountId, findings } of policies) {
      for (const finding of findings.filter(
        ({ rule, severity }) => severity === Severity.ERROR || OF_ORGANIZATION.test(rule),
      )) {
        const text = JSON.stringify([finding.rule, finding.path, finding.message]);
        byText.set(text, byText.get(text) ?? { ...finding, path: `${accountId}.${finding.path}` });
      }
    }
    return [...byText.values()];
  }

  /**
   * Effective policies as a document, for whoever reads them before they are deployed (schema
   * docs/schemas/holdfast.effective-policies-1.json).
   *
   * @param policies effective policies, as `preview` gives them
   */
  public static document(policies: EffectivePolicy[]): any {
    const accounts = policies.map(({ accountId: account, path, content, settings, ignored, findings }) => ({
      account,
      path,
      content: content as unknown,
      settings,
      ignored,
      findings,
    }));
    return { schema: 'holdfast.effective-policies/1', accounts };
  }

  private constructor() {}
}
