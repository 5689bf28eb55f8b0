import { Environment } from './environment';

/**
 * Policy statements that let those who tell of backups publish to a topic, the same for every framework.
 *
 * A topic with a policy of its own loses the one that AWS gives it, and with it the permission of CloudWatch: alarms then go off and
 * nobody hears of them. A topic that is encrypted needs the permission to use its key as well.
 */
export class BackupAlertPolicies {
  /**
   * Lets the CloudWatch alarms of an account and Region publish.
   *
   * @param topicArn the topic
   * @param env account and Region
   */
  public static alarmsPublish(topicArn: string, env: Environment): any {
    return publish('AllowAlarms', 'cloudwatch.amazonaws.com', topicArn, ofAccount(env, alarms(env)));
  }

  /**
   * Lets rules of EventBridge publish. EventBridge takes no conditions here.
   *
   * @param topicArn the topic
   */
  public static rulesPublish(topicArn: string): any {
    return publish('AllowRules', 'events.amazonaws.com', topicArn, {});
  }

  /**
   * Lets the budgets of an account publish.
   *
   * @param topicArn the topic
   * @param env account
   */
  public static budgetsPublish(topicArn: string, env: Environment): any {
    return publish('AllowBudgets', 'budgets.amazonaws.com', topicArn, ofAccount(env, budgets(env)));
  }

  /**
   * Lets AWS Backup publish the events of vaults.
   *
   * @param topicArn the topic
   */
  public static backupPublishes(topicArn: string): any {
    return publish('AllowBackup', 'backup.amazonaws.com', topicArn, {});
  }

  /**
   * Lets all of these use the key of an encrypted topic; a statement each.
   *
   * @param env account and Region
   */
  public static keyUse(env: Environment): any {
    return [
      use('AllowAlarms', 'cloudwatch.amazonaws.com', ofAccount(env, alarms(env))),
      use('AllowRules', 'events.amazonaws.com', {}),
      use('AllowBudgets', 'budgets.amazonaws.com', ofAccount(env, budgets(env))),
      use('AllowBackup', 'backup.amazonaws.com', {}),
    ];
  }

  /**
   * Lets a log group be the target of rules of EventBridge.
   *
   * @param logGroupArn ARN of the log group, with `:*` at its end
   */
  public static rulesLog(logGroupArn: string): any {
    return {
      Sid: 'AllowRules',
      Effect: 'Allow',
      Principal: { Service: ['events.amazonaws.com', 'delivery.logs.amazonaws.com'] },
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: logGroupArn,
    };
  }

  private constructor() {}
}

function alarms({ partition, region, account }: Environment): string {
  return `arn:${partition}:cloudwatch:${region}:${account}:alarm:*`;
}

function budgets({ partition, account }: Environment): string {
  return `arn:${partition}:budgets::${account}:*`;
}

function ofAccount(env: Environment, source: string): object {
  return {
    Condition: { StringEquals: { 'aws:SourceAccount': env.account }, ArnLike: { 'aws:SourceArn': source } },
  };
}

function publish(sid: string, service: string, topicArn: string, condition: object): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: 'sns:Publish',
    Resource: topicArn,
    ...condition,
  };
}

function use(sid: string, service: string, condition: object): object {
  return {
    Sid: sid,
    Effect: 'Allow',
    Principal: { Service: service },
    Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    Resource: '*',
    ...condition,
  };
}
