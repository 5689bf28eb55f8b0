import { CopyPlaceRules, Environment, Finding } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IVault, Vault } from '../vault';
import { defaultProvider, environmentOf } from './environment';
import { SYNTH } from './token-values';

/** Which provider makes the parts of a blueprint, and the vaults that were made there. */
export interface BlueprintPlaces {
  /** The provider of an environment; undefined for the stack's without an alias. */
  providerOf(env: Partial<Environment> | undefined): TerraformProvider | undefined;
  /** What the rules find where no provider is of an environment. */
  check(env: Partial<Environment> | undefined, path: string): Finding[];
  /** Remembers a vault of an environment. */
  keep(env: Partial<Environment> | undefined, vault: IVault, name: string): void;
  /** The vault of that name in an environment; one that exists already where the blueprint has none. */
  vaultNamed(env: Partial<Environment> | undefined, name: string): IVault;
  /** The vault of that ARN; one that exists already where the blueprint has none. */
  vaultWithArn(arn: string): IVault;
}

/**
 * The places of a blueprint: the provider of the construct, where it is of the environment or the blueprint leaves that open;
 * else the provider of the stack whose Region and account those are.
 */
export function placesOf(
  scope: Construct,
  own: TerraformProvider | undefined,
  fallback: Partial<Environment> = {},
): BlueprintPlaces {
  const here = environmentOf(scope, own);
  const kept = new Map<string, IVault>();
  const placed = (env: Partial<Environment> = {}) => ({
    account: env.account ?? fallback.account ?? here.account,
    region: env.region ?? fallback.region ?? here.region,
  });
  const isHere = (env: Partial<Environment> | undefined) => matches(here, placed(env));
  const tryFind = (env: Partial<Environment> | undefined) =>
    isHere(env) ? own : providers(scope).find((provider) => isOf(environmentOf(scope, provider), placed(env)));
  const key = ({ account, region }: { account: string; region: string }, name: string) =>
    `${region}:${account}:backup-vault:${name}`;
  const once = (id: string, make: () => IVault) => {
    const vault = kept.get(id) ?? make();
    kept.set(id, vault);
    return vault;
  };
  return {
    providerOf: tryFind,
    check: (env, path) => (isHere(env) || tryFind(env) !== undefined ? [] : missing(placed(env), path)),
    keep: (env, vault, name) => void kept.set(key(placed(env), name), vault),
    vaultNamed: (env, name) =>
      once(key(placed(env), name), () =>
        Vault.fromBackupVaultName(scope, `Existing-${name}-${kept.size}`, name, tryFind(env)),
      ),
    vaultWithArn: (arn) => once(arn.split(':').slice(3).join(':'), () => Vault.fromBackupVaultArn(arn)),
  };
}

/** A provider that leaves its place open may be the one that is meant. */
function matches(has: Environment, { account, region }: { account: string; region: string }): boolean {
  const same = (stated: string, wanted: string) => !SYNTH.known(stated) || !SYNTH.known(wanted) || stated === wanted;
  return same(has.account, account) && same(has.region, region);
}

/** A provider of another place says which Region it is of, and its account where the blueprint does. */
function isOf(has: Environment, wanted: { account: string; region: string }): boolean {
  return SYNTH.known(has.region) && matches(has, wanted) && has.region === wanted.region;
}

function providers(scope: IConstruct): TerraformProvider[] {
  const stack = TerraformStack.of(scope);
  return stack.node
    .findAll()
    .filter((child): child is TerraformProvider => TerraformProvider.isTerraformProvider(child))
    .filter((provider) => provider.terraformResourceType === 'aws' && provider !== defaultProvider(stack));
}

function missing({ account, region }: { account: string; region: string }, path: string): Finding[] {
  const accounts = SYNTH.known(account) ? `, allowedAccountIds: ['${account}']` : '';
  const block = `new AwsProvider(stack, '${region}', { alias: '${region}', region: '${region}'${accounts} })`;
  return CopyPlaceRules.checkProvider(`none of that place; add ${block} before the blueprint`, `${path}.env`);
}
