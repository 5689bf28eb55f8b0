import { Environment } from '../environment';
import { Finding, IValueProbe } from '../finding';
import { arnParts, TOPIC_ARN } from './arns';
import { at, found } from './found';
import { checkName } from './names';
import { lengthOf, listed, members, readable, shown } from './reading';
import { VAULT } from './tables/vault';

/** Events that AWS Backup still sends (Source B7.3/1). */
const SENT = [
  'BACKUP_JOB_STARTED',
  'BACKUP_JOB_COMPLETED',
  'CONTINUOUS_BACKUP_INTERRUPTED',
  'COPY_JOB_STARTED',
  'COPY_JOB_SUCCESSFUL',
  'COPY_JOB_FAILED',
  'RESTORE_JOB_STARTED',
  'RESTORE_JOB_COMPLETED',
  'RECOVERY_POINT_MODIFIED',
  'RECOVERY_POINT_INDEX_COMPLETED',
  'RECOVERY_POINT_INDEX_DELETED',
  'RECOVERY_POINT_INDEXING_FAILED',
  'S3_BACKUP_OBJECT_FAILED',
  'S3_RESTORE_OBJECT_FAILED',
  'EKS_BACKUP_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_FAILED',
  'EKS_RESTORE_OBJECT_SKIPPED',
];

/** Events that AWS Backup accepts and no longer sends (Source 7.3, B7.3/1). */
const DEPRECATED = [
  'BACKUP_JOB_SUCCESSFUL',
  'BACKUP_JOB_FAILED',
  'BACKUP_JOB_EXPIRED',
  'RESTORE_JOB_SUCCESSFUL',
  'RESTORE_JOB_FAILED',
  'BACKUP_PLAN_CREATED',
  'BACKUP_PLAN_MODIFIED',
];

interface Notifications {
  readonly snsTopicArn: string;
  readonly backupVaultEvents: string[];
}

/** What the rules find in the notifications of a vault. */
export function checkNotifications(
  notifications: Notifications | undefined,
  env: Environment,
  path: string,
  probe: IValueProbe,
): Finding[] {
  if (!readable(notifications, probe)) {
    return [];
  }
  const findings = checkTopic(notifications.snsTopicArn, env, at(path, 'snsTopicArn'), probe);
  const eventsPath = at(path, 'backupVaultEvents');
  if (lengthOf(notifications.backupVaultEvents, probe) === 0) {
    findings.push(found(VAULT.noEvents, eventsPath, '0'));
  }
  const events = members(notifications.backupVaultEvents, probe);
  for (const [index, event] of events.filter(([, one]) => !SENT.includes(one) && !DEPRECATED.includes(one))) {
    findings.push(found(VAULT.event, at(eventsPath, index), shown(event)));
  }
  const deprecated = events.filter(([, event]) => DEPRECATED.includes(event));
  if (deprecated.length > 0) {
    const names = deprecated.map(([, event]) => event);
    findings.push(found(VAULT.eventDeprecated, at(eventsPath, deprecated[0]![0]), listed(names)));
  }
  return findings;
}

function checkTopic(topicArn: unknown, env: Environment, path: string, probe: IValueProbe): Finding[] {
  const findings = checkName(VAULT.topicArn, topicArn, TOPIC_ARN, path, probe);
  if (findings.length > 0 || !readable(topicArn, probe)) {
    return findings;
  }
  if (String(topicArn).endsWith('.fifo')) {
    findings.push(found(VAULT.topicFifo, path, String(topicArn)));
  }
  const account = arnParts(String(topicArn))?.account;
  if (readable(env?.account, probe) && account !== env.account) {
    findings.push(found(VAULT.topicAccount, path, `${account}, where the vault is in ${env.account}`));
  }
  return findings;
}
