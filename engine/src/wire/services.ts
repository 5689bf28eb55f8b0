/**
 * The services whose operations the engine has, by the folder of operations/.
 *
 * Pure: a table.
 */
export interface EmulatedService {
  /** Name in the credential scope of a signed request. */
  readonly signingName: string;
  /** The official client, whose schemas say what its messages look like. */
  readonly client: string;
}

export const SERVICES: Readonly<Record<string, EmulatedService>> = {
  backup: { signingName: 'backup', client: '@aws-sdk/client-backup' },
  cloudwatch: { signingName: 'monitoring', client: '@aws-sdk/client-cloudwatch' },
  eventbridge: { signingName: 'events', client: '@aws-sdk/client-eventbridge' },
  iam: { signingName: 'iam', client: '@aws-sdk/client-iam' },
  kms: { signingName: 'kms', client: '@aws-sdk/client-kms' },
  lambda: { signingName: 'lambda', client: '@aws-sdk/client-lambda' },
  organizations: { signingName: 'organizations', client: '@aws-sdk/client-organizations' },
  ram: { signingName: 'ram', client: '@aws-sdk/client-ram' },
  sfn: { signingName: 'states', client: '@aws-sdk/client-sfn' },
  sns: { signingName: 'sns', client: '@aws-sdk/client-sns' },
  sqs: { signingName: 'sqs', client: '@aws-sdk/client-sqs' },
  sts: { signingName: 'sts', client: '@aws-sdk/client-sts' },
};
