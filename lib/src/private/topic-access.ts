import { BackupAlertPolicies } from '@holdfast/model';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { environmentOf } from './environment';

/** Lets the alarms of this account and Region publish; a topic of another stack's that was imported is left as it is. */
export function allowAlarms(scope: IConstruct, topic: sns.ITopic): void {
  allow(topic, BackupAlertPolicies.alarmsPublish(topic.topicArn, environmentOf(scope)));
}

/** Lets rules of EventBridge publish. */
export function allowRules(topic: sns.ITopic): void {
  allow(topic, BackupAlertPolicies.rulesPublish(topic.topicArn));
}

/** Lets the budgets of this account publish. */
export function allowBudgets(scope: IConstruct, topic: sns.ITopic): void {
  allow(topic, BackupAlertPolicies.budgetsPublish(topic.topicArn, environmentOf(scope)));
}

/** Lets AWS Backup publish the events of vaults. */
export function allowBackup(topic: sns.ITopic): void {
  allow(topic, BackupAlertPolicies.backupPublishes(topic.topicArn));
}

/** Lets all of these use the key of a topic. */
export function allowKey(scope: IConstruct, key: kms.IKey): void {
  for (const statement of BackupAlertPolicies.keyUse(environmentOf(scope)) as object[]) {
    key.addToResourcePolicy(iam.PolicyStatement.fromJson(statement));
  }
}

function allow(topic: sns.ITopic, statement: object): void {
  topic.addToResourcePolicy(iam.PolicyStatement.fromJson(statement));
}
