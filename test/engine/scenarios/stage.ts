// A World for scenarios, and its story as a text table: one line for each event, `when | what | whose | where | why`.
import {
  BackupPlan,
  BackupRule,
  BackupVault,
  Environment,
  Estate,
  ServiceSupport,
  StatefulResource,
} from '@holdfast/model';
import { WorldState } from '../../../engine/src/domain/world-state';
import { deploy } from '../../../engine/src/ingest/deploy';
import { parseInstant, shortInstant } from '../../../engine/src/kernel/instant';

export const ENV: Environment = { partition: 'aws', account: '111122223333', region: 'eu-central-1' };
export const ROLE = `arn:aws:iam::${ENV.account}:role/backup`;
export const CMK = `arn:aws:kms:${ENV.region}:${ENV.account}:key/1b2c3d4e-0000-4000-8000-000000000001`;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function vaultArn(name: string, env: Environment = ENV): string {
  return `arn:${env.partition}:backup:${env.region}:${env.account}:backup-vault:${name}`;
}

export function vault(backupVaultName: string, more: Partial<BackupVault> = {}): BackupVault {
  return { backupVaultName, env: ENV, encryptionKeyArn: CMK, ...more };
}

/** A resource of a service; one GiB that does not change, unless told otherwise. */
export function resource(service: string, name: string, more: Partial<StatefulResource> = {}): StatefulResource {
  const env = more.env ?? ENV;
  return {
    arn: ServiceSupport.arn(service, env, name),
    service,
    resourceType: ServiceSupport.find(service).resourceType,
    name,
    env,
    sizeGiB: 1,
    dailyChangePercent: 0,
    ...more,
  };
}

export function rule(ruleName: string, more: Partial<BackupRule> = {}): BackupRule {
  return { ruleName, targetBackupVaultName: 'main', lifecycle: { deleteAfterDays: 35 }, ...more };
}

/** A plan that backs up everything, unless told otherwise. */
export function plan(backupPlanName: string, rules: BackupRule[], more: Partial<BackupPlan> = {}): BackupPlan {
  const selections = [{ selectionName: 'all', iamRoleArn: ROLE, resources: ['*'] }];
  return { backupPlanName, env: ENV, rules, selections, ...more };
}

export function world(start: string, estate: Estate, seed = 1, bucketQuota?: number): WorldState {
  const state = new WorldState({ start: parseInstant(start), seed, keepEvents: 100_000, bucketQuota });
  deploy(state, estate);
  return state;
}

export function until(state: WorldState, instant: string): WorldState {
  state.runUntil(parseInstant(instant));
  return state;
}

/** The story of the jobs and points, from `from` on. */
export function story(state: WorldState, from = '1970-01-01'): string[] {
  return state
    .events()
    .filter((event) => ['backup-job', 'copy-job', 'recovery-point'].includes(event.kind))
    .filter((event) => event.at >= parseInstant(from))
    .map((event) => {
      const where = event.backupVaultArn?.split(':').at(-1) ?? '-';
      const whose = event.resourceArn?.split(/[:/]/).at(-1) ?? '-';
      return [minute(event.at), `${event.kind} ${event.what}`, whose, where, event.ruleName ?? '-'].join(' | ');
    });
}

/** A text table with its columns aligned by hand, as lines without the alignment. */
export function table(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .join(' | '),
    );
}

function minute(at: number): string {
  return shortInstant(at).replace(/:00Z$/, 'Z');
}
