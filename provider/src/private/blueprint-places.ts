import { CopyPlaceRules, Environment, Finding } from '@holdfast/model';
import { TerraformProvider, TerraformStack } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IVault, Vault } from '../vault';
import { defaultProvider, environmentOf } from './environment';
import { SYNTH } from './token-values';

/** An account and a Region; tokens where nobody says. */
interface Place {
  readonly account: string;
  readonly region: string;
}

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
 * The places of a blueprint: the provider of the construct, where it is of the environment or says nothing of where it is;
 * else the provider of the stack whose Region and account those are.
 */
export function placesOf(
  scope: Construct,
  own: TerraformProvider | undefined,
  fallback: Partial<Environment> = {},
): BlueprintPlaces {
  const here = environmentOf(scope, own);
  const kept = new Map<string, IVault>();
  const placed = (env: Partial<Environment> = {}): Place => ({
    account: env.account ?? fallback.account ?? here.account,
    region: env.region ?? fallback.region ?? here.region,
  });
  const isHere = (env: Partial<Environment> | undefined) => standsFor(here, placed(env), placed());
  const tryFind = (env: Partial<Environment> | undefined) =>
    isHere(env) ? own : providerOf(scope, placed(env), placed());
  const key = ({ account, region }: Place, name: string) => `${region}:${account}:backup-vault:${name}`;
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

/** What a provider leaves open is where the blueprint itself lives, and nowhere else. */
function standsFor(has: Environment, wanted: Place, ofBlueprint: Place): boolean {
  const same = (stated: string, place: string, otherwise: string) =>
    SYNTH.known(stated) && SYNTH.known(place) ? stated === place : place === otherwise;
  return same(has.account, wanted.account, ofBlueprint.account) && same(has.region, wanted.region, ofBlueprint.region);
}

/** A provider of another place says which Region that is; one that says its account, too, comes first. */
function providerOf(scope: IConstruct, wanted: Place, ofBlueprint: Place): TerraformProvider | undefined {
  const found = providers(scope).filter((provider) => {
    const has = environmentOf(scope, provider);
    return has.region === wanted.region && standsFor(has, wanted, ofBlueprint);
  });
  return found.find((provider) => SYNTH.known(environmentOf(scope, provider).account)) ?? found[0];
}

function providers(scope: IConstruct): TerraformProvider[] {
  const stack = TerraformStack.of(scope);
  return stack.node
    .findAll()
    .filter((child): child is TerraformProvider => TerraformProvider.isTerraformProvider(child))
    .filter((provider) => provider.terraformResourceType === 'aws' && provider !== defaultProvider(stack));
}

function missing({ account, region }: Place, path: string): Finding[] {
  const accounts = SYNTH.known(account) ? `, allowedAccountIds: ['${account}']` : '';
  const block = `new AwsProvider(stack, '${region}', { alias: '${region}', region: '${region}'${accounts} })`;
  return CopyPlaceRules.checkProvider(`none of that place; add ${block} before the blueprint`, `${path}.env`);
}
