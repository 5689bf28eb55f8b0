import { EffectivePolicies, EffectivePolicy, Finding, OrganizationNode, Severity, Waiver } from '@holdfast/model';
import { attachCustomSynthesis, ISynthesisSession, Names, Stack } from 'aws-cdk-lib/core';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { OrganizationBackupPolicy } from './organization-backup-policy';
import { writePreview } from './private/effective-policy-file';
import { refuse } from './private/refuse';
import { SYNTH } from './private/token-values';

/**
 * Properties of an `EffectivePolicyPreview`.
 */
export interface EffectivePolicyPreviewProps {
  /**
   * The organization, from its root down; policies of elsewhere stand at their nodes.
   */
  readonly root: OrganizationNode;

  /**
   * Policies of this app; each counts at the nodes of its `targetIds`.
   *
   * @default - none beside those of the nodes
   */
  readonly policies?: OrganizationBackupPolicy[];

  /**
   * Name of the file in the cloud assembly.
   *
   * @default - `<id of the construct in the app>.effective-policies.json`
   */
  readonly previewFile?: string;

  /**
   * Findings that are accepted, each with the reason.
   *
   * `expires` is held against the context key `holdfast:today`; without it no waiver has expired.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];
}

/**
 * The effective backup policy of each account of an organization, before anything is deployed.
 *
 * Written into the cloud assembly beside the templates: for each account the content, the policy that each value comes
 * from, and what was ignored and why. Makes no resource.
 */
@propertyInjectable
export class EffectivePolicyPreview extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.EffectivePolicyPreview';

  /**
   * The effective policies, in the order of the tree.
   */
  public readonly effectivePolicies: EffectivePolicy[];

  /**
   * Name of the file in the cloud assembly.
   */
  public readonly previewFile: string;

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when AWS would not enforce what comes of the policies in an account, with every finding at once
   */
  constructor(scope: Construct, id: string, props: EffectivePolicyPreviewProps) {
    super(scope, id);
    this.effectivePolicies = EffectivePolicies.preview(withPolicies(props.root, props.policies ?? []), SYNTH);
    this.previewFile = props.previewFile ?? `${Names.uniqueResourceName(this, {})}.effective-policies.json`;
    refuse(this, findingsOf(this.effectivePolicies), props.waivers);
    attachCustomSynthesis(this, {
      onSynthesize: ({ outdir }: ISynthesisSession) =>
        writePreview(outdir, this.previewFile, Stack.of(this).resolve(this.effectivePolicies) as EffectivePolicy[]),
    });
  }

  /**
   * The effective policy of an account; undefined where the tree has no such account.
   *
   * @param accountId id of the account
   */
  public tryFindAccount(accountId: string): EffectivePolicy | undefined {
    return this.effectivePolicies.find((policy) => policy.accountId === accountId);
  }
}

/** Rules about what comes of several policies. */
const OF_ORGANIZATION = /^organization-/;

function withPolicies(node: OrganizationNode, policies: readonly OrganizationBackupPolicy[]): OrganizationNode {
  const attached = policies
    .filter(({ targetIds }) => targetIds.includes(node.id))
    .map(({ policyName, content }) => ({ policyName, content: content as unknown }));
  return {
    ...node,
    policies: [...(node.policies ?? []), ...attached],
    children: node.children?.map((child) => withPolicies(child, policies)),
  };
}

/**
 * What is found at a root or a unit is found in each of its accounts, and told once.
 *
 * Advice about a plan stands in the file alone, as the policy that declares the plan has given it already.
 */
function findingsOf(policies: readonly EffectivePolicy[]): Finding[] {
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
