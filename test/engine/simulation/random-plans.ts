// Rules, plans and selections, drawn so that AWS takes most of them.
import { BackupPlan, BackupPlanRules, BackupRule, BackupSelection, Effect, Environment } from '@holdfast/model';
import type { CopyAction, Lifecycle } from '@holdfast/model';
import { WIRE } from '../../../engine/src/operations/refuse';
import { vaultArn } from '../../../engine/src/domain/vaults';
import type { Draw } from './draw';

/** Where plans can put points and copies. */
export interface VaultPlace {
  readonly env: Environment;
  readonly name: string;
  readonly airGapped: boolean;
}

const SCHEDULES = [
  'cron(0 5 ? * * *)',
  'cron(30 0/12 ? * * *)',
  'cron(15 1 ? * SUN *)',
  'cron(0 2 1 * ? *)',
  'cron(0 0/4 ? * SAT *)',
  'cron(45 2 1/3 * ? *)',
  'cron(30 2 L * ? *)',
];
const ZONES = ['Etc/UTC', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Kolkata'];

export function drawLifecycle(draw: Draw): Lifecycle | undefined {
  switch (draw.below(8)) {
    case 0:
      return undefined;
    case 1:
      return { moveToColdStorageAfterDays: draw.between(1, 20), deleteAfterDays: draw.between(111, 140) };
    case 2:
      return {
        moveToColdStorageAfterDays: draw.between(8, 20),
        deleteAfterDays: draw.between(111, 140),
        optInToArchiveForSupportedResources: true,
      };
    default:
      return { deleteAfterDays: draw.oneIn(2) ? draw.between(1, 8) : draw.between(7, 50) };
  }
}

export function drawRule(draw: Draw, ruleName: string, env: Environment, vaults: readonly VaultPlace[]): BackupRule {
  const here = vaults.filter((vault) => vault.env.account === env.account && vault.env.region === env.region);
  const airGap = draw.tryPick(here.filter(({ airGapped }) => airGapped));
  const lifecycle = drawLifecycle(draw);
  const startWindowMinutes = draw.pick([60, 90, 480]);
  return {
    ruleName,
    targetBackupVaultName: draw.oneIn(20) ? 'nowhere' : draw.pick(here.filter((vault) => !vault.airGapped)).name,
    scheduleExpression: draw.pick(SCHEDULES),
    scheduleExpressionTimezone: draw.pick(ZONES),
    ...(draw.oneIn(3)
      ? {}
      : { startWindowMinutes, completionWindowMinutes: startWindowMinutes + draw.pick([60, 240, 9000]) }),
    ...(lifecycle === undefined ? {} : { lifecycle }),
    ...(draw.oneIn(3) ? { enableContinuousBackup: true } : {}),
    ...(airGap !== undefined && draw.oneIn(2)
      ? { targetLogicallyAirGappedBackupVaultArn: vaultArn(airGap.env, airGap.name) }
      : {}),
    ...(draw.oneIn(4) ? { recoveryPointTags: { rule: ruleName } } : {}),
    copyActions: drawCopies(draw, vaults),
  };
}

/** At most two, to different vaults. */
function drawCopies(draw: Draw, vaults: readonly VaultPlace[]): CopyAction[] {
  const first = draw.below(vaults.length);
  return Array.from({ length: draw.pick([0, 0, 1, 1, 2]) }, (_, i) => {
    const vault = vaults[(first + i) % vaults.length] as VaultPlace;
    const lifecycle = drawLifecycle(draw);
    return {
      destinationBackupVaultArn: vaultArn(vault.env, draw.oneIn(15) ? 'nowhere' : vault.name),
      ...(lifecycle === undefined ? {} : { lifecycle }),
    };
  }).filter((copy, i, all) => all.findIndex((one) => sameTarget(one, copy)) === i);
}

function sameTarget(a: CopyAction, b: CopyAction): boolean {
  return a.destinationBackupVaultArn === b.destinationBackupVaultArn;
}

export function drawSelection(draw: Draw, selectionName: string, iamRoleArn: string): BackupSelection {
  const tag = { conditionKey: 'backup', conditionValue: draw.pick(['daily', 'weekly']) };
  const base = { selectionName, iamRoleArn };
  switch (draw.below(4)) {
    case 0:
      return { ...base, listOfTags: [tag] };
    case 1:
      return {
        ...base,
        resources: ['*'],
        conditions: {
          stringNotEquals: [{ conditionKey: 'aws:ResourceTag/backup', conditionValue: tag.conditionValue }],
        },
      };
    default:
      return { ...base, resources: ['*'] };
  }
}

/** A plan that AWS takes: what it would refuse in a rule is left out of it. */
export function drawPlan(
  draw: Draw,
  backupPlanName: string,
  env: Environment,
  vaults: readonly VaultPlace[],
  roleArn: string,
): BackupPlan {
  const rules = Array.from({ length: draw.between(1, 3) }, (_, i) => drawRule(draw, `rule-${i}`, env, vaults));
  const selections = [drawSelection(draw, 'first', roleArn)];
  const plan = { backupPlanName, env, selections, rules: rules.map((rule) => accepted(rule, env)) };
  return isRefused(plan) ? { ...plan, rules: plan.rules.map(plain) } : plan;
}

function accepted(rule: BackupRule, env: Environment): BackupRule {
  const { enableContinuousBackup: _continuous, ...periodic } = rule;
  const tries: BackupRule[] = [rule, periodic, { ...periodic, copyActions: [] }];
  return tries.find((one) => !isRefused({ backupPlanName: 'try', env, rules: [one] })) ?? plain(rule);
}

function plain({ ruleName, targetBackupVaultName }: BackupRule): BackupRule {
  return {
    ruleName,
    targetBackupVaultName,
    lifecycle: { deleteAfterDays: 14 },
    scheduleExpression: 'cron(0 5 ? * * *)',
  };
}

function isRefused(plan: BackupPlan): boolean {
  return BackupPlanRules.check(plan, '', WIRE).some(({ effect }) => effect === Effect.REFUSED_BY_AWS);
}
