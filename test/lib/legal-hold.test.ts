import { LegalHold, LegalHoldProps, SelectionResource, Vault } from '@holdfast/cdk';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as backup from 'aws-cdk-lib/aws-backup';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { annotations, refusal, stackOf } from './support/stacks';

const TYPE = 'AWS::Backup::LegalHold';
const API = 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_';

const imported = (stack: Stack) => backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'primary');

function hold(stack: Stack, over: Partial<LegalHoldProps> = {}): LegalHold {
  return new LegalHold(stack, 'Hold', { title: 'case 4711', description: 'preserves what the case asks for', ...over });
}

function template(over: Partial<LegalHoldProps> = {}, stack = stackOf()): Template {
  hold(stack, over);
  return Template.fromStack(stack);
}

test('holds everything where nothing is said, which it tells, and stays when the stack goes', () => {
  const stack = stackOf();
  template({}, stack).hasResource(TYPE, {
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Metadata: Match.absent(),
    Properties: {
      Title: 'case 4711',
      Description: 'preserves what the case asks for',
      RecoveryPointSelection: {
        VaultNames: Match.absent(),
        ResourceIdentifiers: Match.absent(),
        DateRange: Match.absent(),
      },
      Tags: Match.absent(),
    },
  });
  expect(annotations(stack, 'warning').join('\n')).toContain('vaults must be given');
});

test('holds what is given', () => {
  const stack = stackOf();
  const { backupVault } = new Vault(stack, 'Vault', { backupVaultName: 'primary' });
  const dateRange = { fromDate: '2027-01-01T00:00:00Z', toDate: '2027-12-31T23:59:59Z' };
  const made = template(
    {
      vaults: [backupVault, backup.BackupVault.fromBackupVaultName(stack, 'Imported', 'second')],
      resources: [
        SelectionResource.fromConstruct(new s3.Bucket(stack, 'Bucket')),
        SelectionResource.fromArn('arn:aws:dynamodb:eu-central-1:111122223333:table/orders'),
      ],
      dateRange,
      tags: { owner: 'legal' },
    },
    stack,
  );
  made.hasResourceProperties(TYPE, {
    RecoveryPointSelection: {
      VaultNames: [{ 'Fn::GetAtt': ['Vault47927EF3', 'BackupVaultName'] }, 'second'],
      ResourceIdentifiers: [
        { 'Fn::GetAtt': ['Bucket83908E77', 'Arn'] },
        'arn:aws:dynamodb:eu-central-1:111122223333:table/orders',
      ],
      DateRange: { FromDate: '2027-01-01T00:00:00Z', ToDate: '2027-12-31T23:59:59Z' },
    },
    Tags: [{ Key: 'owner', Value: 'legal' }],
  });
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('is cancelled with its stack when asked to', () => {
  template({ removalPolicy: RemovalPolicy.DESTROY }).hasResource(TYPE, { DeletionPolicy: 'Delete' });
});

test('hands out id and ARN', () => {
  const stack = stackOf();
  const made = hold(stack);
  expect(stack.resolve(made.legalHoldId)).toEqual({ 'Fn::GetAtt': ['HoldD91DA810', 'LegalHoldId'] });
  expect(stack.resolve(made.legalHoldArn)).toEqual({ 'Fn::GetAtt': ['HoldD91DA810', 'Arn'] });
});

// prettier-ignore
const REFUSED: [string, (stack: Stack) => Partial<LegalHoldProps>, string][] = [
  ['no title',         () => ({ title: '' }),       `title must be a text that says what the hold is, got an empty name [legal-hold-title] (${API}CreateLegalHold.html)`],
  ['no description',   () => ({ description: ' ' }), `description must be a text that says why the hold is, got an empty name [legal-hold-description] (${API}CreateLegalHold.html)`],
  ['a date without time', () => ({ dateRange: { fromDate: '2027-01-01', toDate: '2027-12-31T00:00:00Z' } }),
    `dateRange.fromDate must be a date and time of ISO 8601 with its zone, e.g. 2027-01-31T00:00:00Z, got 2027-01-01 [legal-hold-date] (${API}DateRange.html)`],
  ['a name that no vault has', (s) => ({ vaults: [backup.BackupVault.fromBackupVaultName(s, 'X', 'x')] }),
    `vaults[0] must be 2 to 50 letters, digits, - and _, got x [legal-hold-vault-name] (${API}RecoveryPointSelection.html)`],
  ['a construct that nothing backs up', (s) => ({ resources: [SelectionResource.fromConstruct(new sqs.CfnQueue(s, 'Queue'))] }),
    'resources[0] must be a construct with a resource that AWS Backup backs up by itself, got S/Queue with AWS::SQS::Queue [selection-construct-not-supported] (AWS Backup facts feature table, B2.7/2)'],
];

test.each(REFUSED)('fails for %s', (_, over, expected) => {
  const stack = stackOf();
  expect(refusal(() => hold(stack, { vaults: [imported(stack)], ...over(stack) }))).toBe(
    `S/Hold: 1 value(s) that AWS Backup refuses\n  ${expected}`,
  );
});

test('a pattern, which it does not know, is told of', () => {
  const stack = stackOf();
  hold(stack, { resources: [SelectionResource.fromArn('arn:aws:s3:::logs-*')] });
  expect(annotations(stack, 'warning').join('\n')).toContain(
    'resources[0] must be the ARN of a resource, without stars, got arn:aws:s3:::logs-*',
  );
});

test('takes a token for every value', () => {
  const stack = stackOf();
  const text = (id: string) => new CfnParameter(stack, id).valueAsString;
  const over: LegalHoldProps = {
    title: text('Title'),
    description: text('Description'),
    vaults: [backup.BackupVault.fromBackupVaultName(stack, 'Vault', text('VaultName'))],
    resources: [SelectionResource.fromArn(text('Arn'))],
    dateRange: { fromDate: text('From'), toDate: text('To') },
    tags: { owner: text('Owner') },
  };
  template(over, stack).hasResourceProperties(TYPE, {
    Title: { Ref: 'Title' },
    Description: { Ref: 'Description' },
    RecoveryPointSelection: {
      VaultNames: [{ Ref: 'VaultName' }],
      ResourceIdentifiers: [{ Ref: 'Arn' }],
      DateRange: { FromDate: { Ref: 'From' }, ToDate: { Ref: 'To' } },
    },
    Tags: [{ Key: 'owner', Value: { Ref: 'Owner' } }],
  });
});

test('writes waivers into the template', () => {
  const waivers = [{ rule: 'legal-hold-everything', path: 'vaults', reason: 'all of it is meant' }];
  const stack = stackOf();
  template({ waivers }, stack).hasResource(TYPE, { Metadata: { Holdfast: { waivers } } });
  expect(annotations(stack, 'warning')).toEqual([]);
});

test('keeps its ids and logical ids', () => {
  const stack = stackOf();
  expect(
    hold(stack)
      .node.findAll()
      .map(({ node }) => node.path),
  ).toEqual(['S/Hold', 'S/Hold/Resource']);
  expect(Object.keys(Template.fromStack(stack).toJSON().Resources)).toEqual(['HoldD91DA810']);
});
