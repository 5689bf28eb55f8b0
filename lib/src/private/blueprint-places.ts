import { Environment } from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { Stack, Stage } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { SYNTH } from './token-values';

/** An account and a Region; tokens where nobody says. */
interface Place {
  readonly account: string;
  readonly region: string;
}

/** Where the parts of a blueprint are made, and the vaults that were made there. */
export interface BlueprintPlaces {
  /** The construct in which what lives in an environment is made. */
  at(env: Partial<Environment> | undefined): Construct;
  /** Remembers a vault of an environment. */
  keep(env: Partial<Environment> | undefined, name: string, vault: backup.IBackupVault): void;
  /** The vault of that name in an environment; one that exists already where the blueprint has none. */
  vaultNamed(env: Partial<Environment> | undefined, name: string): backup.IBackupVault;
  /** The vault of that ARN; one that exists already where the blueprint has none. */
  vaultWithArn(env: Partial<Environment> | undefined, arn: string): backup.IBackupVault;
}

/**
 * The places of a blueprint: its own construct, where the stack is that of the environment or says nothing of where it is;
 * else a stack beside, which two blueprints of the same name in one stage share.
 */
export function placesOf(scope: Construct, fallback: Partial<Environment> = {}): BlueprintPlaces {
  const here = Stack.of(scope);
  const kept = new Map<string, backup.IBackupVault>();
  const placed = (env: Partial<Environment> = {}): Place => ({
    account: env.account ?? fallback.account ?? here.account,
    region: env.region ?? fallback.region ?? here.region,
  });
  const at = (env: Partial<Environment> | undefined): Construct => {
    const { account, region } = placed(env);
    return isHere(here, placed(env), placed()) ? scope : stackBeside(scope, account, region);
  };
  const key = (env: Partial<Environment> | undefined, name: string) => {
    const { account, region } = placed(env);
    return `${region}:${account}:backup-vault:${name}`;
  };
  const imported = (
    env: Partial<Environment> | undefined,
    id: string,
    make: (place: Construct) => backup.IBackupVault,
  ) => {
    const place = at(env);
    const found = kept.get(id) ?? make(place);
    kept.set(id, found);
    return found;
  };
  return {
    at,
    keep: (env, name, vault) => void kept.set(key(env, name), vault),
    vaultNamed: (env, name) =>
      imported(env, key(env, name), (place) => backup.BackupVault.fromBackupVaultName(place, `Existing-${name}`, name)),
    vaultWithArn: (env, arn) => {
      const id = arn.split(':').slice(3).join(':');
      return imported(env, id, (place) => backup.BackupVault.fromBackupVaultArn(place, `Existing-${id}`, arn));
    },
  };
}

/** What a stack leaves open is where the blueprint itself lives, and nowhere else. */
function isHere(stack: Stack, wanted: Place, ofBlueprint: Place): boolean {
  const same = (stated: string, place: string, otherwise: string) =>
    SYNTH.known(stated) ? stated === place : place === otherwise;
  return (
    same(stack.account, wanted.account, ofBlueprint.account) && same(stack.region, wanted.region, ofBlueprint.region)
  );
}

function stackBeside(scope: Construct, account: string, region: string): Construct {
  const stage = Stage.of(scope) ?? scope.node.root;
  const id = [scope.node.id, account, region].filter((part) => SYNTH.known(part)).join('-');
  return (
    (stage.node.tryFindChild(id) as Stack | undefined) ??
    new Stack(stage as Construct, id, { env: { account, region } })
  );
}
