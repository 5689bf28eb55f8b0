import { Environment } from '../../environment';
import { Finding, IValueProbe, RuleDescription } from '../../finding';
import { samePlace, VAULT_ARN, VAULT_NAME } from '../arns';
import { at, found } from '../found';
import { members, readable } from '../reading';
import { COPY_ACTION } from '../tables/copy-action';
import { RULE } from '../tables/rule';
import { DeclaredPlan, EstateIndex, TargetVault } from './estate-index';

/** A name or an ARN that no declared vault has, and where it is used first. */
interface Missing {
  readonly rule: RuleDescription;
  readonly path: string;
  readonly given: string;
  uses: number;
}

/** Vaults that rules and copies name and nothing declares: once for each plan. */
export function checkUndeclared(index: EstateIndex): Finding[] {
  const byName = new Map<string, TargetVault[]>();
  for (const vault of index.vaults.filter(({ name }) => typeof name === 'string')) {
    const key = vault.name.toLowerCase();
    byName.set(key, [...(byName.get(key) ?? []), vault]);
  }
  return index.plans.flatMap((declared) => checkPlan(declared, byName, index));
}

function checkPlan(
  declared: DeclaredPlan,
  byName: ReadonlyMap<string, readonly TargetVault[]>,
  index: EstateIndex,
): Finding[] {
  const { probe } = index;
  const missing = new Map<string, Missing>();
  const use = (one: Missing) => {
    const earlier = missing.get(one.given);
    if (earlier === undefined) {
      missing.set(one.given, one);
    } else {
      earlier.uses += 1;
    }
  };
  for (const { plan, rule, path } of declared.rules) {
    const name = rule.targetBackupVaultName;
    if (isFormed(name, VAULT_NAME, probe) && index.vaultNamed(plan.env, name) === undefined) {
      const namePath = at(path, 'targetBackupVaultName');
      use({ ...describe(name, plan.env, byName.get(name.toLowerCase()) ?? [], probe), path: namePath, uses: 1 });
    }
    const airGapped = rule.targetLogicallyAirGappedBackupVaultArn;
    if (isFormed(airGapped, VAULT_ARN, probe) && index.vaultWithArn(airGapped) === undefined) {
      const arnPath = at(path, 'targetLogicallyAirGappedBackupVaultArn');
      use({ rule: RULE.vaultDeclared, path: arnPath, given: airGapped, uses: 1 });
    }
    for (const [place, { destinationBackupVaultArn: arn }] of members(rule.copyActions, probe)) {
      if (isFormed(arn, VAULT_ARN, probe) && index.vaultWithArn(arn) === undefined) {
        const arnPath = at(at(at(path, 'copyActions'), place), 'destinationBackupVaultArn');
        use({ rule: COPY_ACTION.vaultDeclared, path: arnPath, given: arn, uses: 1 });
      }
    }
  }
  return [...missing.values()].map(({ rule, path, given, uses }) =>
    found(rule, path, uses === 1 ? given : `${given}, ${uses} times in the plan`),
  );
}

/** What is known of a name that no vault of the place has. */
function describe(
  name: string,
  env: Environment,
  alike: readonly TargetVault[],
  probe: IValueProbe,
): { readonly rule: RuleDescription; readonly given: string } {
  const here = alike.find((vault) => samePlace(vault.env, env));
  if (here !== undefined) {
    return { rule: RULE.vaultCase, given: `${name}, where the vault is called ${here.name}` };
  }
  const there = alike.filter((vault) => vault.name === name);
  if (there.length === 0 || ![env, ...there.map((vault) => vault.env)].every((one) => isKnown(one, probe))) {
    return { rule: RULE.vaultDeclared, given: name };
  }
  const places = there.map((vault) => `${vault.env.account} ${vault.env.region}`).join(' and ');
  const given = `${name}, declared in ${places} alone, where the plan is in ${env.account} ${env.region}`;
  return { rule: RULE.vaultElsewhere, given };
}

function isKnown({ account, region }: Environment, probe: IValueProbe): boolean {
  return probe.known(account) && probe.known(region);
}

/** Whether a text can be read and has its form: otherwise another rule speaks. */
function isFormed(text: unknown, form: RegExp, probe: IValueProbe): text is string {
  return readable(text, probe) && typeof text === 'string' && form.test(text);
}
