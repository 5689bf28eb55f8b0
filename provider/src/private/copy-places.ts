import { CopyPlacePolicies, CopyPlaceRules, Environment, Finding } from '@holdfast/model';
import { TerraformProvider, TerraformResource, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { CopyAccountOptions, CopyDestination } from '../copy-destination';
import { PlanProps } from '../plan';
import { IVault, Vault } from '../vault';
import { awsProviderHas } from './aws-provider';
import { madeVault } from './copy-vault';
import { environmentOf, liesAt } from './environment';
import { accountOf, partitionOf } from './place';
import { refuse } from './refuse';
import { SYNTH } from './token-values';

/** Name of the vault that is made where none is asked for. */
const VAULT_NAME = 'holdfast-copies';

/** Marks destinations, and what was made for them; registered, so that two copies of this library see each other's. */
const DESTINATION = Symbol.for('@holdfast/cdktf.copy-destination');
const MADE = Symbol.for('@holdfast/cdktf.copies');

/** Since it is there, every resource says its Region itself. */
const RESOURCE_REGION = 'resource-region';

/** These resources know no Region. */
const GLOBAL = /^aws_iam_/;

/** What names the vault and says who makes it; all else has to be alike. */
const NAMES = ['backupVaultName', 'region', 'provider', 'providerAlias'];

/** Stands for an account that the provider does not name. */
const OF_PROVIDER = 'of the provider';

/** A vault that was made for copies. */
interface CopyVault {
  readonly vault: Vault;
  readonly options: CopyAccountOptions;
  readonly sources: Set<string>;
}

/** Where a vault is made, and by whom. */
interface CopyPlace {
  readonly env: Environment;
  readonly provider?: TerraformProvider;
  /** The Region as an argument of each resource, where the provider is of another. */
  readonly region?: string;
}

/** Lets a destination be told from any other vault. */
export function markDestination(destination: CopyDestination): void {
  Object.defineProperty(destination, DESTINATION, { value: true });
}

/**
 * The properties of a plan with a vault for each copy: those of other Regions and accounts are made, in the stack of the plan,
 * unless another plan of the stack made them already.
 *
 * @throws ValidationError when a vault cannot be made, with every finding at once
 */
export function withCopyVaults(scope: Construct, props: PlanProps): PlanProps {
  refuse(
    scope,
    [
      ...props.rules.flatMap(({ vault }, index) => checkTarget(vault, `rules[${index}].vault`)),
      ...copiesOf(props).flatMap(([path, { destination }]) => check(scope, destination, path, props)),
    ],
    props.waivers,
  );
  const rules = props.rules.map((rule, index) => ({
    ...rule,
    vault: isDestination(rule.vault) ? (rule.vault.backupVault ?? rule.vault) : rule.vault,
    copyActions: rule.copyActions?.map((copyAction, place) => ({
      ...copyAction,
      destination: vaultOf(scope, copyAction.destination, destinationPath(index, place), props),
    })),
  }));
  return { ...props, rules };
}

/** A destination makes a vault only for a copy. */
function checkTarget(vault: IVault, path: string): Finding[] {
  return isDestination(vault) && vault.backupVault === undefined
    ? CopyPlaceRules.checkTarget([vault.vaultAccount, vault.vaultRegion].filter(Boolean).join(' '), path)
    : [];
}

function isDestination(vault: IVault): vault is CopyDestination {
  return Reflect.has(vault, DESTINATION);
}

function destinationPath(rule: number, copyAction: number): string {
  return `rules[${rule}].copyActions[${copyAction}].destination`;
}

function copiesOf({ rules }: PlanProps): [path: string, copyAction: PlanCopyActionProps][] {
  return rules.flatMap(({ copyActions = [] }, index) =>
    copyActions.map((copyAction, place): [string, PlanCopyActionProps] => [destinationPath(index, place), copyAction]),
  );
}

function check(scope: Construct, destination: IVault, path: string, props: PlanProps): Finding[] {
  if (!isDestination(destination) || destination.backupVault !== undefined) {
    return [];
  }
  const { vaultRegion: region, vaultAccount: account, options } = destination;
  const env = environmentOf(scope, props.provider);
  // Of the own account nothing has to be known: Terraform knows it.
  const known = { ...env, account: SYNTH.known(env.account) ? env.account : OF_PROVIDER };
  const findings = CopyPlaceRules.check({ ...options, region, account }, known, path, SYNTH);
  return findings.length > 0 ? findings : checkProvider(scope, destination, path, props);
}

/** Whether there is a provider for the place, and of that place. */
function checkProvider(scope: Construct, destination: CopyDestination, path: string, props: PlanProps): Finding[] {
  const { options } = destination;
  const env = placeOf(scope, destination, props);
  const alias = aliasOf(destination, env);
  const provider = options.provider ?? tryFindProvider(scope, alias);
  const at = `${path}.${options.provider === undefined ? 'providerAlias' : 'provider'}`;
  if (provider === undefined) {
    return usesResourceRegion(scope, destination)
      ? []
      : CopyPlaceRules.checkProvider(`none with the alias ${alias}; add ${block(alias, destination, env)}`, at);
  }
  const wrong = disagreement(environmentOf(scope, provider), env, destination);
  const name = provider.alias ?? 'without alias';
  return wrong === undefined
    ? []
    : CopyPlaceRules.checkProvider(`${name} ${wrong}; make it ${block(alias, destination, env)}`, at);
}

/** In which way a provider is not of the place; undefined where it is, or where only Terraform knows. */
function disagreement(has: Environment, wanted: Environment, { vaultAccount }: CopyDestination): string | undefined {
  if (SYNTH.known(has.region) && has.region !== wanted.region) {
    return `of the Region ${has.region}`;
  }
  if (vaultAccount !== undefined && !SYNTH.known(has.account)) {
    return 'that does not name its account';
  }
  return SYNTH.known(has.account) && SYNTH.known(wanted.account) && has.account !== wanted.account
    ? `of the account ${has.account}`
    : undefined;
}

/** The block that makes the provider. */
function block(alias: string, { vaultAccount }: CopyDestination, { region }: Environment): string {
  const accounts = vaultAccount === undefined ? '' : `, allowedAccountIds: ['${vaultAccount}']`;
  return `new AwsProvider(stack, '${alias}', { alias: '${alias}', region: '${region}'${accounts} }) before the plan`;
}

function placeOf(scope: Construct, { vaultAccount, vaultRegion }: CopyDestination, props: PlanProps): Environment {
  const env = environmentOf(scope, props.provider);
  return { ...env, account: vaultAccount ?? env.account, region: vaultRegion ?? env.region };
}

function aliasOf({ options, vaultAccount }: CopyDestination, { region }: Environment): string {
  return options.providerAlias ?? (vaultAccount === undefined ? region : `${region}-${vaultAccount}`);
}

function tryFindProvider(scope: IConstruct, alias: string): TerraformProvider | undefined {
  return TerraformStack.of(scope)
    .node.findAll()
    .filter((child): child is TerraformProvider => TerraformProvider.isTerraformProvider(child))
    .find((child) => child.terraformResourceType === 'aws' && child.alias === alias);
}

/** Another Region of the own account needs no provider of its own since version 6 of the AWS provider. */
function usesResourceRegion(scope: IConstruct, { options, vaultAccount }: CopyDestination): boolean {
  const isAsked = options.provider !== undefined || options.providerAlias !== undefined;
  return !isAsked && vaultAccount === undefined && awsProviderHas(scope, RESOURCE_REGION);
}

function vaultOf(scope: Construct, destination: IVault, path: string, props: PlanProps): IVault {
  if (!isDestination(destination)) {
    return destination;
  }
  if (destination.backupVault !== undefined) {
    return destination.backupVault;
  }
  const { options, vaultAccount } = destination;
  const env = placeOf(scope, destination, props);
  const found = options.provider ?? tryFindProvider(scope, aliasOf(destination, env));
  const place = { env, provider: found ?? props.provider, region: found === undefined ? env.region : undefined };
  const made = vaultIn(holderOf(scope, vaultAccount, place), place, options);
  refuse(scope, CopyPlaceRules.checkAlike(compared(made.options), compared(options), path), props.waivers);
  if (vaultAccount !== undefined) {
    letIn(made, scope, options, props);
  }
  return made.vault;
}

/** What has to be alike wherever copies go to the same vault. */
function compared(options: CopyAccountOptions): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !NAMES.includes(name)));
}

/** What is made in one account and Region stands together, once in each stack. */
function holderOf(scope: IConstruct, vaultAccount: string | undefined, { env }: CopyPlace): Construct {
  const stack = TerraformStack.of(scope);
  const id = ['Copies', ...(vaultAccount === undefined ? [] : [vaultAccount]), env.region].join('-');
  const earlier = stack.node.tryFindChild(id);
  if (earlier !== undefined && Reflect.has(earlier, MADE)) {
    return earlier as Construct;
  }
  const holder = new Construct(stack, id);
  Object.defineProperty(holder, MADE, { value: new Map<string, CopyVault>() });
  // The account of the plan is that of its other Regions, whether their providers say so or not.
  liesAt(holder, env);
  return holder;
}

function vaultIn(holder: Construct, { provider, region }: CopyPlace, options: CopyAccountOptions): CopyVault {
  const vaults = Reflect.get(holder, MADE) as Map<string, CopyVault>;
  const backupVaultName = options.backupVaultName ?? VAULT_NAME;
  const earlier = vaults.get(backupVaultName);
  if (earlier !== undefined) {
    return earlier;
  }
  const made = { vault: madeVault(holder, backupVaultName, options, provider), options, sources: new Set<string>() };
  vaults.set(backupVaultName, made);
  for (const child of region === undefined ? [] : holder.node.findAll()) {
    if (TerraformResource.isTerraformResource(child) && !GLOBAL.test(child.terraformResourceType)) {
      child.addOverride('region', region);
    }
  }
  return made;
}

/** The account of the plan, or its organization, may copy into the vault: nobody else of another account. */
function letIn(made: CopyVault, scope: Construct, { organizationId }: CopyAccountOptions, props: PlanProps): void {
  const [partition, account] = [partitionOf(scope, props.provider), accountOf(scope, props.provider)];
  const source = organizationId ?? account;
  if (!made.sources.has(source)) {
    made.sources.add(source);
    made.vault.addToAccessPolicy(
      (organizationId === undefined
        ? CopyPlacePolicies.allowAccount(partition, account)
        : CopyPlacePolicies.allowOrganization(organizationId)) as { [key: string]: unknown },
    );
  }
}
