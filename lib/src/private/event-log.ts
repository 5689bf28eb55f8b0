import { BackupAlertPolicies } from '@holdfast/model';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge';

const WHY = 'The log holds names, ARNs and messages of jobs; CloudWatch Logs encrypts it with a key of its own.';

/** A log group that rules of EventBridge write into, kept for a year. */
export function eventLog(scope: Construct, id: string, removalPolicy: RemovalPolicy): logs.LogGroup {
  const logGroup = new logs.LogGroup(scope, id, { retention: logs.RetentionDays.ONE_YEAR, removalPolicy });
  logGroup.addToResourcePolicy(
    iam.PolicyStatement.fromJson(BackupAlertPolicies.rulesLog(logGroup.logGroupArn) as object),
  );
  acknowledge(logGroup, {
    'HIPAA.Security-CloudWatchLogGroupEncrypted': WHY,
    'NIST.800.53.R5-CloudWatchLogGroupEncrypted': WHY,
    'PCI.DSS.321-CloudWatchLogGroupEncrypted': WHY,
  });
  return logGroup;
}

/**
 * A log group as the target of a rule.
 *
 * CDK's own target lets EventBridge in by a function that it deploys; the policy of the log group does without.
 */
export function logTarget(logGroup: logs.ILogGroup): events.IRuleTarget {
  return {
    bind: (rule) => ({
      arn: Stack.of(rule).formatArn({
        service: 'logs',
        resource: 'log-group',
        resourceName: logGroup.logGroupName,
        arnFormat: ArnFormat.COLON_RESOURCE_NAME,
      }),
      targetResource: logGroup,
    }),
  };
}
