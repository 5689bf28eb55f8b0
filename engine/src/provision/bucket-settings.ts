/**
 * Settings of a bucket as a template writes them, in the shapes of S3's API.
 *
 * Pure.
 * Source   AWS CloudFormation "Template reference", AWS::S3::Bucket; S3 API reference 2006-03-01.
 */
import type * as sdk from '@aws-sdk/client-s3';
import type { DeclaredValue } from '../ingest/cloudformation/declared-value';
import { given } from '../operations/backup/shapes';

export function encryptionOf(declared: DeclaredValue): sdk.ServerSideEncryptionConfiguration {
  return {
    Rules: declared
      .member('ServerSideEncryptionConfiguration')
      .items()
      .map((rule) => {
        const byDefault = rule.member('ServerSideEncryptionByDefault');
        return given({
          ApplyServerSideEncryptionByDefault: present(byDefault, () =>
            given({
              SSEAlgorithm: byDefault.member('SSEAlgorithm').requiredText() as sdk.ServerSideEncryption,
              KMSMasterKeyID: byDefault.member('KMSMasterKeyID').text(),
            }),
          ),
          BucketKeyEnabled: rule.member('BucketKeyEnabled').boolean(),
          BlockedEncryptionTypes: json<sdk.BlockedEncryptionTypes>(rule.member('BlockedEncryptionTypes')),
        });
      }),
  };
}

export function publicAccessBlockOf(declared: DeclaredValue): sdk.PublicAccessBlockConfiguration {
  return declared.truthMap() ?? {};
}

export function corsOf(declared: DeclaredValue): sdk.CORSConfiguration {
  return {
    CORSRules: declared
      .member('CorsRules')
      .items()
      .map((rule) =>
        given({
          ID: rule.member('Id').text(),
          AllowedHeaders: rule.member('AllowedHeaders').texts(),
          AllowedMethods: rule.member('AllowedMethods').texts(),
          AllowedOrigins: rule.member('AllowedOrigins').texts(),
          ExposeHeaders: rule.member('ExposedHeaders').texts(),
          MaxAgeSeconds: rule.member('MaxAge').number(),
        }),
      ),
  };
}

/** Source: LoggingConfiguration: without a bucket, into the bucket itself. */
export function loggingOf(declared: DeclaredValue, bucket: string): sdk.BucketLoggingStatus {
  const LoggingEnabled = given({
    TargetBucket: declared.member('DestinationBucketName').text() ?? bucket,
    TargetPrefix: declared.member('LogFilePrefix').text() ?? '',
    TargetObjectKeyFormat: json<sdk.TargetObjectKeyFormat>(declared.member('TargetObjectKeyFormat')),
  });
  return { LoggingEnabled };
}

export function notificationOf(declared: DeclaredValue): sdk.NotificationConfiguration {
  const told = <T>(member: string, target: string, give: (common: Told, arn: string) => T): T[] | undefined => {
    const items = declared.member(member).items();
    const shapes = items.map((one) => give(toldOf(one), one.member(target).requiredText()));
    return shapes.length === 0 ? undefined : shapes;
  };
  const bus = declared.member('EventBridgeConfiguration');
  // Source: EventBridgeConfiguration: enabled unless told otherwise.
  const toBus = bus.isPresent && bus.member('EventBridgeEnabled').boolean() !== false;
  return given({
    EventBridgeConfiguration: toBus ? {} : undefined,
    LambdaFunctionConfigurations: told('LambdaConfigurations', 'Function', (common, LambdaFunctionArn) => ({
      ...common,
      LambdaFunctionArn,
    })),
    QueueConfigurations: told('QueueConfigurations', 'Queue', (common, QueueArn) => ({ ...common, QueueArn })),
    TopicConfigurations: told('TopicConfigurations', 'Topic', (common, TopicArn) => ({ ...common, TopicArn })),
  });
}

type Told = Pick<sdk.TopicConfiguration, 'Filter'> & { readonly Events: sdk.Event[] };

function toldOf(declared: DeclaredValue): Told {
  const filter = declared.member('Filter');
  const rules = filter
    .member('S3Key')
    .member('Rules')
    .items()
    .map((rule) => ({
      Name: rule.member('Name').requiredText() as sdk.FilterRuleName,
      Value: rule.member('Value').requiredText(),
    }));
  return given({
    Events: [declared.member('Event').requiredText() as sdk.Event],
    Filter: present(filter, () => ({ Key: { FilterRules: rules } })),
  });
}

export function objectLockOf(declared: DeclaredValue): sdk.ObjectLockConfiguration {
  const rule = declared.member('Rule');
  const retention = rule.member('DefaultRetention');
  return given({
    ObjectLockEnabled: (declared.member('ObjectLockEnabled').text() ?? 'Enabled') as sdk.ObjectLockEnabled,
    Rule: present(rule, () => ({
      DefaultRetention: given({
        Mode: retention.member('Mode').text() as sdk.ObjectLockRetentionMode | undefined,
        Days: retention.member('Days').number(),
        Years: retention.member('Years').number(),
      }),
    })),
  });
}

/** A rule of replication differs from the API's in the names of its id and its filters. */
export function replicationOf(declared: DeclaredValue): sdk.ReplicationConfiguration {
  return {
    Role: declared.member('Role').requiredText(),
    Rules: declared
      .member('Rules')
      .items()
      .map((rule) => {
        const { Id, Filter: _filter, Priority: _priority, ...others } = rule.json() as Record<string, unknown>;
        const filter = rule.member('Filter');
        const and = filter.member('And');
        return given({
          ...(others as unknown as sdk.ReplicationRule),
          ID: Id as string | undefined,
          Priority: rule.member('Priority').number(),
          Filter: present(filter, () =>
            given({
              Prefix: filter.member('Prefix').text(),
              Tag: json<sdk.Tag>(filter.member('TagFilter')),
              And: present(and, () =>
                given({ Prefix: and.member('Prefix').text(), Tags: json<sdk.Tag[]>(and.member('TagFilters')) }),
              ),
            }),
          ),
        });
      }),
  };
}

export function websiteOf(declared: DeclaredValue): sdk.WebsiteConfiguration {
  const [index, error] = [declared.member('IndexDocument').text(), declared.member('ErrorDocument').text()];
  const rules = declared.member('RoutingRules');
  return given({
    IndexDocument: index === undefined ? undefined : { Suffix: index },
    ErrorDocument: error === undefined ? undefined : { Key: error },
    RedirectAllRequestsTo: json<sdk.RedirectAllRequestsTo>(declared.member('RedirectAllRequestsTo')),
    RoutingRules: present(rules, () =>
      rules.items().map((rule) =>
        given({
          Redirect: json<sdk.Redirect>(rule.member('RedirectRule')),
          Condition: json<sdk.Condition>(rule.member('RoutingRuleCondition')),
        }),
      ),
    ),
  });
}

export function json<T>(declared: DeclaredValue): T | undefined {
  return declared.json() as T | undefined;
}

export function present<T>(declared: DeclaredValue, give: () => T): T | undefined {
  return declared.isPresent ? give() : undefined;
}
