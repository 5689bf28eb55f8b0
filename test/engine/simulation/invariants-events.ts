// That whoever asked to hear of backups hears of each of them, once.
import { DAY, HOUR } from './facts';
import { Invariant, invariant } from './invariant';
import { queueArn, topicArn } from './random-listeners';
import { vaultArnOf } from './snapshot';
import type { Entry, Step } from './steps';

/** Detail types of EventBridge, and the entries that they tell of. */
const TYPES: Readonly<Record<string, (entry: Entry) => boolean>> = {
  'Backup Job State Change': (entry) => entry.kind === 'job' && entry.job.kind === 'backup',
  'Copy Job State Change': (entry) => entry.kind === 'job' && entry.job.kind === 'copy',
  'Recovery Point State Change': (entry) => entry.kind === 'point',
  'Restore Job State Change': (entry) => entry.kind === 'restore',
};

/** States that the topic of a vault is told of. */
const OVER = ['COMPLETED', 'PARTIAL', 'FAILED', 'EXPIRED', 'ABORTED'];

/** How long EventBridge tries, and the longest pause between two tries. */
const TRIED = DAY + HOUR;

const isLost = ({ delivered }: Step['deliveries'][number]): boolean => !delivered;

function sentTo(step: Step, arns: readonly string[]): Step['deliveries'] {
  return step.deliveries.filter(({ to, delivered }) => delivered && arns.includes(to));
}

export const eventInvariants: readonly Invariant[] = [
  {
    name: 'every-change-is-an-event',
    says: 'a queue behind a rule gets one event for each state of a job and each change of a point, once it can be reached',
    watch: ({ world }) => {
      const queues = (world.estate.queues ?? []).map(({ env }) => queueArn(env));
      const owed = new Map<string, number>();
      return (step, book) =>
        Object.entries(TYPES).flatMap(([type, tells]) => {
          const sent = sentTo(step, queues).filter(({ what }) => what === type).length;
          const told = queues.length === 0 ? 0 : step.entries.filter(tells).length;
          const lost = step.deliveries.filter(
            (one) => isLost(one) && one.what === type && queues.includes(one.to),
          ).length;
          const left = (owed.get(type) ?? 0) + told - sent - lost;
          const waits = left > 0 && queues.some((queue) => book.isCutOff(queue, step.from - TRIED, step.to));
          owed.set(type, waits ? left : 0);
          return left === 0 || waits ? [] : [`${type}: ${sent} sent, ${told} told, ${left} owed`];
        });
    },
  },
  {
    name: 'every-end-is-notified',
    says: 'the topic of a vault gets one message for each backup job of it that is over',
    watch: ({ world }) => {
      const topics = (world.estate.topics ?? []).map(({ env }) => topicArn(env));
      const vaults = (world.estate.vaults ?? []).filter(({ notifications }) => notifications !== undefined);
      const heard = new Set(vaults.map(({ env, backupVaultName }) => vaultArnOf(env, backupVaultName)));
      return (step) => {
        const { call } = step;
        if (call?.operation === 'DeleteBackupVault' && call.fault === undefined) {
          heard.delete(vaultArnOf(call.caller, String(call.input['BackupVaultName'])));
        }
        const sent = sentTo(step, topics).filter(({ what }) => what === 'BACKUP_JOB_COMPLETED');
        const told = step.entries.filter(
          (entry) =>
            entry.kind === 'job' &&
            entry.job.kind === 'backup' &&
            OVER.includes(entry.state) &&
            heard.has(entry.job.backupVaultArn),
        );
        return sent.length === told.length ? [] : [`${sent.length} sent, ${told.length} told`];
      };
    },
  },
  invariant(
    'nothing-is-lost',
    'what a rule or a vault sends arrives, unless it goes where nothing can be reached',
    (step, book) =>
      step.deliveries
        .filter((one) => isLost(one) && !book.isCutOff(one.to, step.from, step.to))
        .map(({ from, to, why }) => `${from} to ${to}: ${why}`),
  ),
];
