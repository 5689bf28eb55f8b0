import { EffectivePolicies, EffectivePolicy, OrganizationNode, Waiver } from '@holdfast/model';
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
    this.effectivePolicies = EffectivePolicies.preview(
      EffectivePolicies.withPolicies(props.root, props.policies ?? []),
      SYNTH,
    );
    this.previewFile = props.previewFile ?? `${Names.uniqueResourceName(this, {})}.effective-policies.json`;
    refuse(this, EffectivePolicies.findings(this.effectivePolicies), props.waivers);
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
