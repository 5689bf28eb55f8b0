import { BackupPlan, BackupSelection, BackupVault, Environment, StatefulResource, Waiver } from '@holdfast/model';
import { Lazy, TerraformProvider, TerraformStack } from 'cdktf';
import { IConstruct } from 'constructs';
import { SYNTH } from './token-values';

/**
 * What our constructs declared, found again from the objects that they hand out.
 *
 * Kept under a registered symbol on the object itself, so that two copies of this library see each other's.
 */
const DECLARATION = Symbol.for('@holdfast/cdktf.declaration');

/** Where a provider's resources live, likewise. */
const ENVIRONMENT = Symbol.for('@holdfast/cdktf.environment');

/** A plan, and what its selections added since. */
export interface PlanDeclaration {
  readonly plan: BackupPlan;
  readonly vaults: BackupVault[];
  readonly selections: BackupSelection[];
  readonly resources: StatefulResource[];
  readonly waivers: Waiver[];
}

/** Remembers what a vault was declared as. */
export function declareVault(vault: object, declaration: BackupVault): void {
  Object.defineProperty(vault, DECLARATION, { value: declaration });
}

/** What the vault was declared as; undefined for a vault that is not of ours. */
export function tryFindVault(vault: object): BackupVault | undefined {
  return Reflect.get(vault, DECLARATION) as BackupVault | undefined;
}

/** Remembers what a plan was declared as. */
export function declarePlan(plan: object, declaration: PlanDeclaration): void {
  Object.defineProperty(plan, DECLARATION, { value: declaration });
}

/** What the plan was declared as; undefined for a plan that is not of ours. */
export function tryFindPlan(plan: object): PlanDeclaration | undefined {
  return Reflect.get(plan, DECLARATION) as PlanDeclaration | undefined;
}

/** ARN of a vault as the rules spell it, from where it lives and its name. */
export function vaultArn(vault: BackupVault): string {
  const { partition, region, account } = vault.env;
  return `arn:${partition}:backup:${region}:${account}:backup-vault:${vault.backupVaultName}`;
}

/** The part of `AwsProvider` that says where its resources live. */
interface AwsProviderPlace {
  readonly region?: string;
  readonly allowedAccountIds?: string[];
}

/**
 * Where the resources of a provider live, as far as its arguments say so.
 *
 * The rest is tokens that are never rendered: one for each provider, equal to itself alone, so that two vaults
 * of one provider are neighbours although nobody knows where.
 */
export function environmentOf(scope: IConstruct, provider?: TerraformProvider): Environment {
  const stack = TerraformStack.of(scope);
  const used = provider ?? defaultProvider(stack);
  const owner = used ?? stack;
  const known = Reflect.get(owner, ENVIRONMENT) as Environment | undefined;
  if (known !== undefined) {
    return known;
  }
  const environment = readEnvironment((used ?? {}) as AwsProviderPlace);
  Object.defineProperty(owner, ENVIRONMENT, { value: environment });
  return environment;
}

/** The AWS provider that Terraform takes when a resource names none. */
function defaultProvider(stack: TerraformStack): TerraformProvider | undefined {
  for (const child of stack.node.children) {
    if (TerraformProvider.isTerraformProvider(child) && child.terraformResourceType === 'aws' && !child.alias) {
      return child;
    }
  }
  return undefined;
}

function readEnvironment(place: AwsProviderPlace): Environment {
  const [account, ...others] = place.allowedAccountIds ?? [];
  const region = place.region ?? laterValue();
  return {
    partition: SYNTH.known(region) ? partitionOf(region) : laterValue(),
    account: account === undefined || others.length > 0 ? laterValue() : account,
    region,
  };
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'aws-cn';
  }
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function laterValue(): string {
  return Lazy.stringValue({ produce: () => undefined });
}
