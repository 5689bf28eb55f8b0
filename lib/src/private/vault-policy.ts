import {
  Environment,
  Finding,
  VaultCopyPlace,
  VaultCopySource,
  VaultCopySourceRules,
  VaultCopyTargetRules,
  VaultPolicies,
} from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import { IResolvable, Lazy } from 'aws-cdk-lib/core';
import { VaultCopyTarget } from '../vault-copy-target';
import { tryFindVault, vaultArn } from './declarations';
import { SYNTH } from './token-values';

/** What the access policy of a vault is made from. */
export interface VaultPolicyOptions {
  readonly env: Environment;
  readonly breakGlassRoles?: iam.IRole[];
  readonly logicallyAirGapped?: boolean;
  /** Undefined leaves open who may copy in; an empty list is nobody but the own account. */
  readonly copiesInFrom?: VaultCopySource[];
  /** Undefined leaves open where copies may go; an empty list is nowhere. */
  readonly copiesOutTo?: VaultCopyTarget[];
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

  constructor(private readonly options: VaultPolicyOptions) {
    this.copiesInFrom = options.copiesInFrom;
    this.copiesOutTo = options.copiesOutTo;
    this.renew();
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
  public add(statement: iam.PolicyStatement): number {
    this.added.push(statement.toStatementJson());
    this.renew();
    return this.document.Statement.length - 1;
  }

  /** What the template gets: the policy as it is at the end of the synthesis. */
  public render(): IResolvable {
    return Lazy.any({ produce: (): unknown => iam.PolicyDocument.fromJson(this.document).toJSON() });
  }

  private renew(): void {
    const { env, breakGlassRoles, logicallyAirGapped } = this.options;
    const breakGlassPrincipalArns = breakGlassRoles?.map(({ roleArn }) => roleArn);
    const { Statement } = VaultPolicies.join([
      VaultPolicies.denyDelete({ breakGlassPrincipalArns, logicallyAirGapped }),
      ...(this.copiesInFrom === undefined ? [] : [VaultPolicies.copiesIn({ env, sources: this.copiesInFrom })]),
      ...(this.copiesOutTo === undefined ? [] : [VaultPolicies.copiesOut(this.places())]),
    ]) as { Statement: unknown[] };
    this.document.Statement.splice(0, this.document.Statement.length, ...Statement, ...this.added);
  }

  private places(): VaultCopyPlace[] {
    return (this.copiesOutTo ?? []).map(({ backupVault, arn, path }) => {
      const own = backupVault === undefined ? undefined : tryFindVault(backupVault);
      return {
        vaultArn: own === undefined ? (backupVault?.backupVaultArn ?? arn) : vaultArn(own),
        organizationPath: path,
      };
    });
  }
}
