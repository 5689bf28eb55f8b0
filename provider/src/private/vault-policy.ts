import { BackupVaultPolicy } from '@cdktf/provider-aws/lib/backup-vault-policy';
import {
  Finding,
  VaultCopyPlace,
  VaultCopySource,
  VaultCopySourceRules,
  VaultCopyTargetRules,
  VaultPolicies,
} from '@holdfast/model';
import { TerraformProvider } from 'cdktf';
import { Construct } from 'constructs';
import { VaultCopyTarget } from '../vault-copy-target';
import { tryFindVault, vaultArn } from './declarations';
import { environmentOf } from './environment';
import { accountOf, partitionOf } from './place';
import { renderPolicy } from './render-policy';
import { SYNTH } from './token-values';

/** What the access policy of a vault is made from. */
export interface VaultPolicyOptions {
  readonly breakGlassPrincipalArns?: string[];
  readonly logicallyAirGapped?: boolean;
  /** Undefined leaves open who may copy in; an empty list is nobody but the own account. */
  readonly copiesInFrom?: VaultCopySource[];
  /** Undefined leaves open where copies may go; an empty list is nowhere. */
  readonly copiesOutTo?: VaultCopyTarget[];
  readonly provider?: TerraformProvider;
}

/**
 * The access policy of a vault, which grows: its presets are made anew when somebody is let in or out, and statements that
 * were added stay behind them.
 */
export class VaultPolicy {
  /** As the rules see it; always the same object, with other statements. */
  public readonly document: { readonly Version: string; readonly Statement: unknown[] } = {
    Version: '2012-10-17',
    Statement: [],
  };

  private copiesInFrom?: VaultCopySource[];
  private copiesOutTo?: VaultCopyTarget[];
  private readonly added: unknown[] = [];
  private resource?: BackupVaultPolicy;

  /** @param scope gets the data sources that tell partition and account, where a preset needs them and the provider does not say them */
  constructor(
    private readonly scope: Construct,
    private readonly options: VaultPolicyOptions,
  ) {
    this.copiesInFrom = options.copiesInFrom;
    this.copiesOutTo = options.copiesOutTo;
    this.renew();
  }

  /** From now on the resource has the policy, whatever is added. */
  public keepOn(resource: BackupVaultPolicy): void {
    this.resource = resource;
  }

  public render(): string {
    return renderPolicy(this.document);
  }

  /** What is wrong with who is named, with the paths of the properties. */
  public check(): Finding[] {
    return [
      ...VaultCopySourceRules.check(this.copiesInFrom ?? [], 'copiesInFrom', SYNTH),
      ...VaultCopyTargetRules.check(this.places(), 'copiesOutTo', SYNTH),
    ];
  }

  public allowCopiesFrom(source: VaultCopySource): void {
    this.copiesInFrom = [...(this.copiesInFrom ?? []), source];
    this.renew();
  }

  public allowCopiesTo(target: VaultCopyTarget): void {
    this.copiesOutTo = [...(this.copiesOutTo ?? []), target];
    this.renew();
  }

  /** Adds a statement, and gives its place among all. */
  public add(statement: unknown): number {
    this.added.push(statement);
    this.renew();
    return this.document.Statement.length - 1;
  }

  private renew(): void {
    const { breakGlassPrincipalArns, logicallyAirGapped } = this.options;
    const { Statement } = VaultPolicies.join([
      VaultPolicies.denyDelete({ breakGlassPrincipalArns, logicallyAirGapped }),
      ...(this.copiesInFrom === undefined ? [] : [this.copiesIn(this.copiesInFrom)]),
      ...(this.copiesOutTo === undefined ? [] : [VaultPolicies.copiesOut(this.places())]),
    ]) as { Statement: unknown[] };
    this.document.Statement.splice(0, this.document.Statement.length, ...Statement, ...this.added);
    if (this.resource !== undefined) {
      this.resource.policy = this.render();
    }
  }

  private copiesIn(sources: VaultCopySource[]): unknown {
    const { provider } = this.options;
    const { region } = environmentOf(this.scope, provider);
    const env = { partition: partitionOf(this.scope, provider), account: accountOf(this.scope, provider), region };
    return VaultPolicies.copiesIn({ env, sources });
  }

  private places(): VaultCopyPlace[] {
    return (this.copiesOutTo ?? []).map(({ backupVault, arn, path }) => {
      const own = backupVault === undefined ? undefined : tryFindVault(backupVault);
      const spelledOut = own === undefined ? undefined : vaultArn(own);
      return {
        vaultArn:
          SYNTH.known(spelledOut) && spelledOut !== undefined ? spelledOut : (backupVault?.backupVaultArn ?? arn),
        organizationPath: path,
      };
    });
  }
}
