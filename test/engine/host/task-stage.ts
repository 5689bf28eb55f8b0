// A World with what tasks of a state machine call, and the machine that calls it.
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { World } from '../../../engine/src/testing/world';

export const START = Date.UTC(2027, 0, 1);
export const ACCOUNT = '123456789012';
export const MACHINE = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:m`;
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/machine`;
export const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
export const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/q`;

export type Definition = ReturnType<typeof states>;
export type Policy = Readonly<Record<string, unknown>>;

export const ANYTHING: Policy = { Effect: 'Allow', Action: '*', Resource: '*' };

export function templateOf(definition: object, statements: readonly Policy[], type: string): Record<string, unknown> {
  const trusted = ['states.amazonaws.com', 'backup.amazonaws.com', 'lambda.amazonaws.com'];
  const trust = { Effect: 'Allow', Principal: { Service: trusted }, Action: 'sts:AssumeRole' };
  const code = "exports.handler = async (n) => { if (n.fails) { throw new Error('so'); } return n; };";
  return {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'machine',
          AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [trust] },
          Policies: [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
        },
      },
      Vault: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'main' } },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: 'orders',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        },
      },
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports-of-tests' } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
      Topic: {
        Type: 'AWS::SNS::Topic',
        Properties: {
          TopicName: 't',
          Subscription: [{ Protocol: 'sqs', Endpoint: { 'Fn::GetAtt': ['Queue', 'Arn'] } }],
        },
      },
      F: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          FunctionName: 'f',
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
          Code: { ZipFile: code },
        },
      },
      M: {
        Type: 'AWS::StepFunctions::StateMachine',
        Properties: {
          StateMachineName: 'm',
          StateMachineType: type,
          RoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
          DefinitionString: JSON.stringify(definition),
        },
      },
    },
  };
}

export const states = (States: Record<string, object>) => ({ StartAt: Object.keys(States)[0], States });
export const sdk = (call: string, Parameters: object = {}, more: object = { End: true }) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::aws-sdk:${call}`, Parameters },
  ...more,
});
export const optimized = (call: string, Parameters: object = {}, more: object = { End: true }) => ({
  ...{ Type: 'Task', Resource: `arn:aws:states:::${call}`, Parameters },
  ...more,
});

export interface Under {
  readonly world: World;
  readonly client: SFNClient;
  readonly ends: (minutes: number, arn?: string) => Promise<Ended>;
}

export interface Ended {
  readonly status: string | undefined;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  /** Seconds from the beginning of the World. */
  readonly took: number | undefined;
}

export const open: World[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((world) => world.close()));
});

/** A World with a machine, whose execution `e` has begun. */
export async function begun(definition: object, policy?: readonly Policy[], input: unknown = {}): Promise<Under> {
  const start = new Date(START).toISOString();
  const world = new World({ start, seed: 1, runFunctions: true, enforceIam: policy !== undefined });
  open.push(world);
  world.trail();
  await world.deploy(templateOf(definition, policy ?? [ANYTHING], 'STANDARD'));
  const client = world.client(SFNClient);
  const started = await client.send(
    new StartExecutionCommand({ stateMachineArn: MACHINE, name: 'e', input: JSON.stringify(input) }),
  );
  const ends = async (minutes: number, executionArn = started.executionArn) => {
    await world.advance({ minutes });
    const shown = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { status, output, error, cause, stopDate } = shown;
    const took = stopDate === undefined ? undefined : (stopDate.getTime() - START) / 1000;
    return { status, output: output === undefined ? undefined : (JSON.parse(output) as unknown), error, cause, took };
  };
  return { world, client, ends };
}

export async function run(definition: Definition, policy?: readonly Policy[], input?: unknown): Promise<Ended> {
  return (await begun(definition, policy, input)).ends(10);
}
