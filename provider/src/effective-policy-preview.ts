import * as fs from 'node:fs';
import * as path from 'node:path';
import { EffectivePolicies, EffectivePolicy, OrganizationNode, Waiver } from '@holdfast/model';
import { DefaultTokenResolver, ISynthesisSession, StringConcat, TerraformStack, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { OrganizationBackupPolicy } from './organization-backup-policy';
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
   * Name of the file in the folder of the synthesized stack.
   *
   * @default - `<unique id of the construct in the stack>.effective-policies.json`
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
 * Written into `cdktf.out` beside the configuration of its stack: for each account the content, the policy that each value comes
 * from, and what was ignored and why. Makes no resource.
 */
export class EffectivePolicyPreview extends Construct {
  /**
   * The effective policies, in the order of the tree.
   */
  public readonly effectivePolicies: EffectivePolicy[];

  /**
   * Name of the file in the folder of the synthesized stack.
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
    this.previewFile =
      props.previewFile ?? `${TerraformStack.of(this).getLogicalId(this.node)}.effective-policies.json`;
    refuse(this, EffectivePolicies.findings(this.effectivePolicies), props.waivers);
    // What the stack is synthesized by writes its folder; the preview goes there after it.
    const stack = TerraformStack.of(this);
    const { synthesizer } = stack;
    stack.synthesizer = {
      synthesize: (session) => {
        synthesizer.synthesize(session);
        this.write(session);
      },
    };
  }

  /**
   * The effective policy of an account; undefined where the tree has no such account.
   *
   * @param accountId id of the account
   */
  public tryFindAccount(accountId: string): EffectivePolicy | undefined {
    return this.effectivePolicies.find((policy) => policy.accountId === accountId);
  }

  /** Tokens become what Terraform reads. */
  private write({ manifest, outdir }: ISynthesisSession): void {
    const stack = TerraformStack.of(this);
    const resolver = new DefaultTokenResolver(new StringConcat());
    const policies = Tokenization.resolve(this.effectivePolicies, {
      scope: this,
      resolver,
      preparing: false,
    }) as EffectivePolicy[];
    const folder = path.join(outdir, manifest.forStack(stack).synthesizedStackPath, '..');
    const document: unknown = EffectivePolicies.document(policies);
    fs.writeFileSync(path.join(folder, this.previewFile), `${JSON.stringify(document, undefined, 2)}\n`);
  }
}
