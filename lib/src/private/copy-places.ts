import { CopyPlacePolicies, CopyPlaceRules, Environment, Finding } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as iam from 'aws-cdk-lib/aws-iam';
import { DefaultStackSynthesizer, Stack, Stage } from 'aws-cdk-lib/core';
import { IConstruct } from 'constructs';
import { PlanCopyActionProps } from '../copy-action';
import { CopyAccountOptions, CopyDestination } from '../copy-destination';
import { PlanProps } from '../plan';
import { Vault } from '../vault';
import { madeVault } from './copy-vault';
import { environmentOf } from './environment';
import { refuse } from './refuse';
import { SYNTH } from './token-values';

/** Name of the stack that is made where none is asked for. */
export const SUPPORT_STACK = 'holdfast-copies';

/** Marks the stacks that were made for copies; registered, so that two copies of this library see each other's. */
const MADE = Symbol.for('@holdfast/cdk.copies');

/** What names the vault and its stack; all else belongs to them. */
export const NAMES: readonly string[] = ['backupVaultName', 'supportStackName', 'region'];

/** A vault that was made for copies. */
interface CopyVault {
  readonly vault: Vault;
  readonly options: CopyAccountOptions;
  readonly sources: Set<string>;
}

/**
 * The properties of a plan with a vault for each copy: those of other Regions and accounts are made, in stacks of their own,
 * unless another plan made them already.
 *
 * @throws ValidationError when a vault cannot be made, with every finding at once
 */
export function withCopyVaults(scope: IConstruct, props: PlanProps): PlanProps {
  refuse(
    scope,
    copiesOf(props).flatMap(([path, { destination }]) => check(scope, destination, path)),
    props.waivers,
  );
  const rules = props.rules.map((rule, index) => ({
    ...rule,
    copyActions: rule.copyActions?.map((copyAction, place) => ({
      ...copyAction,
      destination: CopyDestination.vault(vaultOf(scope, copyAction.destination, destinationPath(index, place), props)),
    })),
  }));
  return { ...props, rules };
}

/** The vault of a copy once it has one. */
export function copyVault({ destination }: PlanCopyActionProps): backup.IBackupVault {
  return destination.backupVault!;
}

function destinationPath(rule: number, copyAction: number): string {
  return `rules[${rule}].copyActions[${copyAction}].destination`;
}

function copiesOf({ rules }: PlanProps): [path: string, copyAction: PlanCopyActionProps][] {
  return rules.flatMap(({ copyActions = [] }, index) =>
    copyActions.map((copyAction, place): [string, PlanCopyActionProps] => [destinationPath(index, place), copyAction]),
  );
}

function check(scope: IConstruct, destination: CopyDestination, path: string): Finding[] {
  if (destination.backupVault !== undefined) {
    return [];
  }
  const { vaultRegion: region, vaultAccount: account, options } = destination;
  return CopyPlaceRules.check({ ...options, region, account }, environmentOf(scope), path, SYNTH);
}

function vaultOf(
  scope: IConstruct,
  destination: CopyDestination,
  path: string,
  { waivers }: PlanProps,
): backup.IBackupVault {
  if (destination.backupVault !== undefined) {
    return destination.backupVault;
  }
  const { options } = destination;
  const source = environmentOf(scope);
  const account = destination.vaultAccount ?? source.account;
  const region = destination.vaultRegion ?? source.region;
  const stack = supportStack(topmost(scope), account, region, options);
  const made = vaultIn(stack, options);
  refuse(scope, CopyPlaceRules.checkAlike(compared(made.options), compared(options), path), waivers);
  if (account !== source.account) {
    letIn(made, source, options);
  }
  deployBefore(topmost(scope), stack);
  return made.vault.backupVault;
}

/** The stack for an account and Region: one for each name in a stage or app. */
function supportStack(source: Stack, account: string, region: string, options: CopyAccountOptions): Stack {
  const stage = Stage.of(source)!;
  const name = options.supportStackName ?? SUPPORT_STACK;
  const id = `${name}-${account}-${region}`;
  const earlier = stage.node.tryFindChild(id);
  if (earlier !== undefined && Reflect.has(earlier, MADE)) {
    return earlier as Stack;
  }
  const stack = new Stack(stage, id, {
    env: { account, region },
    stackName: stage.stageName === '' ? name : `${stage.stageName}-${name}`,
    description: 'Receives copies of backups',
    terminationProtection: source.terminationProtection,
    synthesizer: synthesizerLike(source),
  });
  Object.defineProperty(stack, MADE, { value: new Map<string, CopyVault>() });
  return stack;
}

/** The default of the app, unless the source was bootstrapped under another name. */
function synthesizerLike({ synthesizer }: Stack): DefaultStackSynthesizer | undefined {
  const { bootstrapQualifier: qualifier } = synthesizer;
  return qualifier === undefined || qualifier === DefaultStackSynthesizer.DEFAULT_QUALIFIER
    ? undefined
    : new DefaultStackSynthesizer({ qualifier });
}

function vaultIn(stack: Stack, options: CopyAccountOptions): CopyVault {
  const vaults = Reflect.get(stack, MADE) as Map<string, CopyVault>;
  const backupVaultName = options.backupVaultName ?? stack.stackName;
  const earlier = vaults.get(backupVaultName);
  if (earlier !== undefined) {
    return earlier;
  }
  const made = { vault: madeVault(stack, backupVaultName, options), options, sources: new Set<string>() };
  vaults.set(backupVaultName, made);
  return made;
}

/** What has to be alike wherever copies go to the same vault. */
function compared(options: CopyAccountOptions): { [name: string]: unknown } {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !NAMES.includes(name)));
}

/** The account of the plan, or its organization, may copy into the vault: nobody else of another account. */
function letIn(made: CopyVault, { partition, account }: Environment, { organizationId }: CopyAccountOptions): void {
  const source = organizationId ?? account;
  if (!made.sources.has(source)) {
    made.sources.add(source);
    const statement: unknown =
      organizationId === undefined
        ? CopyPlacePolicies.allowAccount(partition, account)
        : CopyPlacePolicies.allowOrganization(organizationId);
    made.vault.addToAccessPolicy(iam.PolicyStatement.fromJson(statement));
  }
}

/** The vault has to be there before copies go to it; where that would make a circle, the author has chosen another order. */
function deployBefore(source: Stack, support: Stack): void {
  if (!dependsOn(support, source)) {
    source.addStackDependency(support, 'copies of its backups go to a vault there');
  }
}

function dependsOn(stack: Stack, other: Stack): boolean {
  return stack === other || stack.dependencies.some((dependency) => dependsOn(dependency, other));
}

/** Nested stacks have no account, Region or dependency of their own. */
function topmost(scope: IConstruct): Stack {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent !== undefined) {
    stack = stack.nestedStackParent;
  }
  return stack;
}
