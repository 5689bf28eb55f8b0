import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { World } from '../../../engine/src/testing/world';
import { backupTemplate, restoreTests } from '../../support/backup-template';

// The app's own function, as it is deployed, looks at what restore testing restored, and tells AWS Backup what it found.

const VALIDATE = `
const { BackupClient, PutRestoreValidationResultCommand } = require('@aws-sdk/client-backup');
const { DynamoDBClient, ScanCommand } = require('@aws-sdk/client-dynamodb');
exports.handler = async ({ detail }) => {
  const TableName = detail.createdResourceArn.split('/').at(-1);
  const { Items = [] } = await new DynamoDBClient({}).send(new ScanCommand({ TableName }));
  const paid = Items.filter(({ total }) => Number(total.N) > 0);
  await new BackupClient({}).send(new PutRestoreValidationResultCommand({
    RestoreJobId: detail.restoreJobId,
    ValidationStatus: paid.length === Items.length && Items.length > 0 ? 'SUCCESSFUL' : 'FAILED',
    ValidationStatusMessage: paid.length + ' of ' + Items.length + ' orders can be billed',
  }));
};
`;

const TEMPLATE = backupTemplate({
  rule: { ScheduleExpression: 'cron(0 1 * * ? *)' },
  others: {
    ...restoreTests('DynamoDB', 2),
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    },
    Validate: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'validate',
        Runtime: 'nodejs20.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: VALIDATE },
        Timeout: 30,
      },
    },
    Restored: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: {
          source: ['aws.backup'],
          'detail-type': ['Restore Job State Change'],
          detail: {
            status: ['COMPLETED'],
            restoreTestingPlanArn: [{ 'Fn::GetAtt': ['Drill', 'RestoreTestingPlanArn'] }],
          },
        },
        Targets: [{ Id: 'validate', Arn: { 'Fn::GetAtt': ['Validate', 'Arn'] } }],
      },
    },
    Allowed: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: { Ref: 'Validate' },
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['Restored', 'Arn'] },
      },
    },
  },
});

test('a function of the app reads the restored table, and its verdict is that of the test (B9.3/5)', async () => {
  const world = new World({ start: '2027-01-01T00:00:00Z', runFunctions: true });
  await world.deploy(TEMPLATE);
  world.add({ type: 'DynamoDB', name: 'orders' });
  const table = world.client(DynamoDBClient);
  const put = (id: string, total: string) =>
    table.send(new PutItemCommand({ TableName: 'orders', Item: { id: { S: id }, total: { N: total } } }));
  await put('one', '10');
  await put('two', '20');
  await world.advance({ days: 1 });
  // What is wrong at home by then is right in the point.
  await put('two', '0');
  await world.advance({ days: 1 });
  expect(world.contentFaults()).toEqual([]);
  expect(world.restoreJobs()).toMatchObject([
    { state: 'COMPLETED', validationStatus: 'SUCCESSFUL', deletionStatus: 'SUCCESSFUL' },
    { state: 'COMPLETED', validationStatus: 'FAILED', deletionStatus: 'SUCCESSFUL' },
  ]);
  const runs = world.functionRuns().flatMap(({ runs: of }) => of);
  expect(runs.map(({ error }) => error)).toEqual([undefined, undefined]);
  await world.close();
});
