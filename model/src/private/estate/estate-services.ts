import { BackupLimits } from '../../backup-limits';
import { CopyAction } from '../../copy-action';
import { Environment } from '../../environment';
import { Finding, RuleDescription } from '../../finding';
import { Lifecycle } from '../../lifecycle';
import { StatefulResource } from '../../resource';
import { BackupRule } from '../../rule';
import { Regions } from '../../support/regions';
import { ResourceKeys } from '../../support/resource-keys';
import { ServiceFeatures } from '../../support/service-features';
import { ServiceSupport } from '../../support/service-support';
import { ArnParts, arnParts } from '../arns';
import { mayLet } from '../copy-policy';
import { at, found } from '../found';
import { statementsOf } from '../policy';
import { absent, listed, members, readable } from '../reading';
import { COPY_ACTION } from '../tables/copy-action';
import { RULE } from '../tables/rule';
import { EstateIndex, PlannedRule } from './estate-index';
import { reachOf } from './selected';

/** How the aliases of the keys begin that AWS manages. */
const MANAGED = 'alias/aws/';

/**
 * What no copy to another account does without.
 *
 * Assumed: of the actions in AWS's example (B13/2) those by which the key is found, held on to and read with. A policy that lacks
 * another of them may work.
 */
const KEY_USE = ['kms:CreateGrant', 'kms:Decrypt', 'kms:DescribeKey'];

/** Resources of one service that a plan backs up. */
interface Served {
  readonly features: ServiceFeatures;
  readonly resources: readonly StatefulResource[];
}

/** What rules and copies ask of services that cannot do it. */
export function checkServices(index: EstateIndex): Finding[] {
  return index.plans.flatMap((declared) => {
    const served = byService(reachOf(declared, index).resources);
    return declared.rules.flatMap((planned) => [
      ...checkRule(planned, served, index),
      ...members(planned.rule.copyActions, index.probe).flatMap(([place, copy]) =>
        checkCopy(planned, copy, at(at(planned.path, 'copyActions'), place), served, index),
      ),
    ]);
  });
}

function checkRule({ rule, path }: PlannedRule, served: readonly Served[], index: EstateIndex): Finding[] {
  const findings: Finding[] = [];
  const lifecyclePath = at(path, 'lifecycle');
  if (movesToCold(rule.lifecycle, index)) {
    const coldPath = at(lifecyclePath, 'moveToColdStorageAfterDays');
    findings.push(...without(RULE.coldUnsupported, coldPath, served, ({ coldStorage }) => coldStorage));
    if (optsOutOfArchive(rule.lifecycle, index)) {
      const optInPath = at(lifecyclePath, 'optInToArchiveForSupportedResources');
      findings.push(...without(RULE.coldArchiveOptIn, optInPath, served, ({ id }) => id !== 'ebs'));
    }
  }
  if (readable(rule.enableContinuousBackup, index.probe) && rule.enableContinuousBackup) {
    const continuousPath = at(path, 'enableContinuousBackup');
    findings.push(...without(RULE.continuousUnsupported, continuousPath, served, ({ pitr }) => pitr));
  }
  if (!absent(rule.targetLogicallyAirGappedBackupVaultArn)) {
    const arnPath = at(path, 'targetLogicallyAirGappedBackupVaultArn');
    findings.push(...without(RULE.airGappedUnsupported, arnPath, served, (features) => features.logicallyAirGapped));
    findings.push(...underManagedKeys(RULE.airGappedKey, arnPath, served));
    findings.push(...without(RULE.airGappedPlain, arnPath, plainOf(served), () => false));
  }
  return [...findings, ...checkTags(rule, at(path, 'recoveryPointTags'), served, index)];
}

/** Tags of a point: those of its resource, and those that the rule adds (Source B4.3/4). */
function checkTags(rule: BackupRule, path: string, served: readonly Served[], { probe }: EstateIndex): Finding[] {
  const added = readable(rule.recoveryPointTags, probe) ? Object.keys(rule.recoveryPointTags) : [];
  const countOf = ({ tags }: StatefulResource) =>
    readable(tags, probe) ? new Set([...Object.keys(tags), ...added]).size : 0;
  const over = served
    .flatMap(({ resources }) => resources)
    .filter((resource) => countOf(resource) > BackupLimits.TAGS_OF_RECOVERY_POINT);
  const [one] = over;
  return one === undefined
    ? []
    : [found(RULE.resultantTags, path, `${countOf(one)} for ${listed(over.map(({ name }) => name))}`)];
}

function checkCopy(
  { plan }: PlannedRule,
  copy: CopyAction,
  path: string,
  served: readonly Served[],
  index: EstateIndex,
): Finding[] {
  const findings: Finding[] = [];
  const { probe } = index;
  if (movesToCold(copy.lifecycle, index)) {
    const coldPath = at(path, 'lifecycle.moveToColdStorageAfterDays');
    findings.push(...without(COPY_ACTION.coldUnsupported, coldPath, served, ({ coldStorage }) => coldStorage));
  }
  const arn = copy.destinationBackupVaultArn;
  const arnPath = at(path, 'destinationBackupVaultArn');
  if (index.vaultWithArn(arn)?.airGapped) {
    findings.push(...without(COPY_ACTION.airGapped, arnPath, served, (features) => features.logicallyAirGapped));
    findings.push(...underManagedKeys(COPY_ACTION.airGappedKey, arnPath, served));
    findings.push(...without(COPY_ACTION.airGappedPlain, arnPath, plainOf(served), () => false));
  }
  const to = readable(arn, probe) ? arnParts(arn) : undefined;
  if (to === undefined || !readable(plan.env.region, probe) || !readable(plan.env.account, probe)) {
    return findings;
  }
  const region = to.region !== plan.env.region;
  const account = to.account !== plan.env.account;
  if (region && account) {
    const can = (features: ServiceFeatures) => features.crossRegionAndAccountInOneCopy;
    findings.push(...without(COPY_ACTION.crossBoth, arnPath, served, can));
  } else if (region) {
    findings.push(...without(COPY_ACTION.crossRegion, arnPath, served, ({ crossRegionCopy }) => crossRegionCopy));
  } else if (account) {
    findings.push(...without(COPY_ACTION.crossAccount, arnPath, served, ({ crossAccountCopy }) => crossAccountCopy));
  } else {
    const can = (features: ServiceFeatures) => features.crossRegionCopy || features.crossAccountCopy;
    findings.push(...without(COPY_ACTION.unsupported, arnPath, served, can));
  }
  findings.push(...inOptInRegion(arnPath, served, plan.env, to));
  if (account) {
    findings.push(...underManagedKeys(COPY_ACTION.sourceKey, arnPath, served));
    findings.push(...underClosedKeys(arnPath, served, to.account, index));
  }
  return findings;
}

/** One finding for all services that cannot do what is asked. */
function without(
  rule: RuleDescription,
  path: string,
  served: readonly Served[],
  can: (features: ServiceFeatures) => boolean,
): Finding[] {
  const unable = served.filter(({ features }) => !can(features));
  return unable.length === 0 ? [] : [found(rule, path, unable.map(describe).join('; '))];
}

/** Some Regions lack copies of some services; a service that can make no such copy at all is told of already. */
function inOptInRegion(path: string, served: readonly Served[], env: Environment, to: ArnParts): Finding[] {
  const account = to.account !== env.account;
  const region = to.region !== env.region;
  return served
    .filter(({ features }) => (!region || features.crossRegionCopy) && (!account || features.crossAccountCopy))
    .map((one) => ({ one, regions: Regions.withoutCopy(one.features.id, env.region, to.region, account) }))
    .filter(({ regions }) => regions.length > 0)
    .map(({ one, regions }) => found(COPY_ACTION.optInRegion, path, `${describe(one)} with ${regions.join(' and ')}`));
}

/** Points of services that AWS Backup does not hold itself keep the key of their source (Source B6.3/5). */
function underManagedKeys(rule: RuleDescription, path: string, served: readonly Served[]): Finding[] {
  return served
    .filter(({ features }) => !features.fullManagement)
    .map(({ features, resources }) => ({
      features,
      resources: resources.filter(({ encryptedWith }) => encryptedWith?.includes(MANAGED)),
    }))
    .filter(({ resources }) => resources.length > 0)
    .map((one) => found(rule, path, `${describe(one)} under ${aliasOf(one.resources[0]!)}`));
}

/** Clusters without encryption, whose points have none wherever they are (Source B6.2/1). */
function plainOf(served: readonly Served[]): Served[] {
  return served
    .filter(({ features }) => ResourceKeys.staysPlain(features.id))
    .map(({ features, resources }) => ({
      features,
      resources: resources.filter(({ encryptedWith }) => absent(encryptedWith)),
    }))
    .filter(({ resources }) => resources.length > 0);
}

/** The account that receives a copy reads with the key of the source (Source B13/2), so that its policy has to name the account. */
function underClosedKeys(path: string, served: readonly Served[], account: string, { probe }: EstateIndex): Finding[] {
  const lackedBy = ({ keyPolicy }: StatefulResource) => {
    const statements = statementsOf(keyPolicy, probe);
    return statements === undefined ? [] : KEY_USE.filter((action) => !mayLet(statements, account, action, probe));
  };
  return served
    .filter(({ features }) => !features.fullManagement)
    .map(({ features, resources }) => ({ features, resources: resources.filter((each) => lackedBy(each).length > 0) }))
    .filter(({ resources }) => resources.length > 0)
    .map((one) => {
      const lacked = KEY_USE.filter((action) => one.resources.some((resource) => lackedBy(resource).includes(action)));
      return found(COPY_ACTION.sourceKeyPolicy, path, `${describe(one)} without ${lacked.join(', ')} for ${account}`);
    });
}

/** The account and Region of the key are those of the resource, and may be tokens. */
function aliasOf({ encryptedWith = '' }: StatefulResource): string {
  return encryptedWith.slice(encryptedWith.indexOf(MANAGED));
}

function movesToCold(lifecycle: Lifecycle | undefined, index: EstateIndex): boolean {
  if (!readable(lifecycle, index.probe)) {
    return false;
  }
  const cold = lifecycle.moveToColdStorageAfterDays;
  return !absent(cold) && (!index.probe.known(cold) || cold >= 0);
}

function optsOutOfArchive(lifecycle: Lifecycle | undefined, index: EstateIndex): boolean {
  const optIn = lifecycle?.optInToArchiveForSupportedResources;
  return absent(optIn) || (index.probe.known(optIn) && !optIn);
}

function byService(resources: readonly StatefulResource[]): Served[] {
  const groups = new Map<string, StatefulResource[]>();
  for (const resource of resources) {
    const group = groups.get(resource.service) ?? [];
    group.push(resource);
    groups.set(resource.service, group);
  }
  return [...groups].flatMap(([id, all]) => {
    const features = ServiceSupport.tryFind(id);
    return features === undefined ? [] : [{ features, resources: all }];
  });
}

function describe({ features, resources }: Served): string {
  return `${resources.length} of ${features.name}: ${listed(resources.map(({ name }) => name))}`;
}
