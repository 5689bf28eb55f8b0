import {
  BackupPlan,
  BackupVault,
  BlueprintDocument,
  ComplianceAcknowledgement,
  Environment,
  Estate,
  LogicallyAirGappedVault as DeclaredAirGappedVault,
  TerraformFeatures,
  Waiver,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { readBlueprintFile } from './private/blueprint-file';
import { BlueprintPlaces, placesOf } from './private/blueprint-places';
import {
  BlueprintContext,
  Placed,
  renderBlueprintAirGappedVault,
  renderBlueprintPlan,
  renderBlueprintVault,
} from './private/render-blueprint';
import { refuse } from './private/refuse';
import { Plan } from './plan';
import { Vault } from './vault';

/**
 * Properties of a `Blueprint`.
 */
export interface BlueprintProps {
  /**
   * Path of the blueprint, YAML or JSON, from the working directory of the app.
   *
   * @default - none: `document` must be given
   */
  readonly file?: string;

  /**
   * The blueprint itself, as an object; its members are the structs of `@holdfast/model`.
   *
   * @default - none: `file` must be given
   */
  readonly document?: any;

  /**
   * Says that somebody knows when the locks in compliance mode of the blueprint become unchangeable, even for AWS.
   *
   * @default - none, so that a lock in compliance mode is refused
   */
  readonly complianceAcknowledgement?: ComplianceAcknowledgement;

  /**
   * Findings that are accepted, beside the waivers of the blueprint; the path is the one in the message.
   *
   * @default - none
   */
  readonly waivers?: Waiver[];

  /**
   * The provider of what the blueprint does not place elsewhere.
   *
   * @default - the stack's AWS provider without an alias
   */
  readonly provider?: TerraformProvider;
}

/** A blueprint as it is read; nothing more is known of its values than their form. */
interface Document extends Omit<Estate, 'vaults' | 'plans' | 'logicallyAirGappedVaults'> {
  readonly env?: Partial<Environment>;
  readonly vaults?: Placed<BackupVault>[];
  readonly logicallyAirGappedVaults?: Placed<DeclaredAirGappedVault>[];
  readonly plans?: Placed<BackupPlan>[];
  readonly waivers?: Waiver[];
}

/**
 * A whole blueprint as constructs: its vaults, plans and selections, so that a team can keep its estate as reviewed YAML.
 *
 * What the blueprint leaves out gets the defaults of `Vault`, `Plan` and `Selection`: a key of its own, a policy that
 * denies emptying the vault, windows written out. What lives in another account or Region than the provider is made by the
 * provider of the stack that is of that place, and refused where there is none. `resources` are what exists: the rules and
 * `holdfast simulate` use them, nothing renders them.
 */
export class Blueprint extends Construct {
  /**
   * The vaults, in the order of the blueprint.
   */
  public readonly vaults: Vault[] = [];

  /**
   * The logically air-gapped vaults, in the order of the blueprint.
   */
  public readonly logicallyAirGappedVaults: LogicallyAirGappedVault[] = [];

  /**
   * The plans, in the order of the blueprint.
   */
  public readonly plans: Plan[] = [];

  /**
   * @param scope parent
   * @param id construct id
   * @param props properties
   * @throws ValidationError when the document is no blueprint, when no provider is of a place, or when AWS Backup would refuse
   * what it declares
   */
  constructor(scope: Construct, id: string, props: BlueprintProps) {
    super(scope, id);
    const content: unknown = props.document ?? readBlueprintFile(this, props.file);
    refuse(this, BlueprintDocument.check(content, props.file ?? 'document'));
    const document = content as Document;
    const places = placesOf(this, props.provider, document.env);
    const waivers = [...(document.waivers ?? []), ...(props.waivers ?? [])];
    refuse(this, findingsOf(document, places), waivers);

    const context = { scope: this, places, waivers, complianceAcknowledgement: props.complianceAcknowledgement };
    this.makeVaults(context, document);
    for (const [index, plan] of (document.plans ?? []).entries()) {
      this.plans.push(renderBlueprintPlan(context, plan, `plans[${index}]`));
    }
  }

  private makeVaults(context: BlueprintContext, document: Document): void {
    for (const [index, vault] of (document.vaults ?? []).entries()) {
      const made = renderBlueprintVault(context, vault, `vaults[${index}]`);
      context.places.keep(vault.env, made, vault.backupVaultName);
      this.vaults.push(made);
    }
    for (const [index, vault] of (document.logicallyAirGappedVaults ?? []).entries()) {
      const made = renderBlueprintAirGappedVault(context, vault, `logicallyAirGappedVaults[${index}]`);
      context.places.keep(vault.env, made, vault.backupVaultName);
      this.logicallyAirGappedVaults.push(made);
    }
  }
}

/** What no provider is there for, and what the AWS provider has no argument for. */
function findingsOf(document: Document, places: BlueprintPlaces) {
  const placed = (list: readonly { readonly env?: Partial<Environment> }[] | undefined, path: string) =>
    (list ?? []).flatMap(({ env }, index) => places.check(env, `${path}[${index}]`));
  return [
    ...placed(document.vaults, 'vaults'),
    ...placed(document.logicallyAirGappedVaults, 'logicallyAirGappedVaults'),
    ...placed(document.plans, 'plans'),
    ...(document.logicallyAirGappedVaults ?? []).flatMap(({ mpaApprovalTeamArn }, index) =>
      mpaApprovalTeamArn === undefined
        ? []
        : TerraformFeatures.checkAbsent(`logicallyAirGappedVaults[${index}].mpaApprovalTeamArn`, mpaApprovalTeamArn),
    ),
  ];
}
