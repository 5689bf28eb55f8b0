import {
  BackupPlan,
  BackupVault,
  BlueprintDocument,
  ComplianceAcknowledgement,
  Environment,
  Estate,
  LogicallyAirGappedVault as DeclaredAirGappedVault,
  Waiver,
} from '@holdfast/model';
import { propertyInjectable } from 'aws-cdk-lib/core/lib/prop-injectable';
import { Construct } from 'constructs';
import { LogicallyAirGappedVault } from './logically-air-gapped-vault';
import { readBlueprintFile } from './private/blueprint-file';
import { placesOf } from './private/blueprint-places';
import { renderBlueprintAirGappedVault, renderBlueprintPlan, renderBlueprintVault } from './private/render-blueprint';
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
}

/** A blueprint as it is read; nothing more is known of its values than their form. */
interface Document extends Omit<Estate, 'vaults' | 'plans' | 'logicallyAirGappedVaults'> {
  readonly env?: Partial<Environment>;
  readonly vaults?: (Omit<BackupVault, 'env'> & { readonly env?: Partial<Environment> })[];
  readonly logicallyAirGappedVaults?: (Omit<DeclaredAirGappedVault, 'env'> & {
    readonly env?: Partial<Environment>;
  })[];
  readonly plans?: (Omit<BackupPlan, 'env'> & { readonly env?: Partial<Environment> })[];
  readonly waivers?: Waiver[];
}

/**
 * A whole blueprint as constructs: its vaults, plans and selections, so that a team can keep its estate as reviewed YAML.
 *
 * What the blueprint leaves out gets the defaults of `Vault`, `Plan` and `Selection`: a key of its own, a policy that
 * denies emptying the vault, windows written out. What lives in another account or Region than the stack gets a stack of
 * its own beside it, named after this construct, account and Region. `resources` are what exists: the rules and
 * `holdfast simulate` use them, nothing renders them.
 */
@propertyInjectable
export class Blueprint extends Construct {
  /**
   * Under this id `PropertyInjectors.of(scope)` takes what injects properties.
   */
  public static readonly PROPERTY_INJECTION_ID: string = '@holdfast/cdk.Blueprint';

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
   * @throws ValidationError when the file is no blueprint, or when AWS Backup would refuse what it declares
   */
  constructor(scope: Construct, id: string, props: BlueprintProps) {
    super(scope, id);
    const content: unknown = props.document ?? readBlueprintFile(this, props.file);
    refuse(this, BlueprintDocument.check(content, props.file ?? 'document'));
    const document = content as Document;
    const places = placesOf(this, document.env);
    const waivers = [...(document.waivers ?? []), ...(props.waivers ?? [])];
    for (const [index, vault] of (document.vaults ?? []).entries()) {
      const path = `vaults[${index}]`;
      const made = renderBlueprintVault(places.at(vault.env), vault, props.complianceAcknowledgement, waivers, path);
      places.keep(vault.env, vault.backupVaultName, made.backupVault);
      this.vaults.push(made);
    }
    for (const [index, vault] of (document.logicallyAirGappedVaults ?? []).entries()) {
      const path = `logicallyAirGappedVaults[${index}]`;
      const { complianceAcknowledgement } = props;
      const made = renderBlueprintAirGappedVault(places.at(vault.env), vault, complianceAcknowledgement, waivers, path);
      places.keep(vault.env, vault.backupVaultName, made.backupVault);
      this.logicallyAirGappedVaults.push(made);
    }
    for (const [index, plan] of (document.plans ?? []).entries()) {
      this.plans.push(renderBlueprintPlan(places, plan, waivers, `plans[${index}]`));
    }
  }
}
