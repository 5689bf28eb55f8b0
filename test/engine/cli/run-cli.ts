import * as fs from 'node:fs';
import * as path from 'node:path';
import Ajv, { ValidateFunction } from 'ajv';
import { main } from '../../../engine/src/cli/main';
import { DiskFiles, MemoryFiles } from '../../../engine/src/host/files';
import { LIVE } from '../../../engine/src/host/live';
import { CommandHost } from '../../../engine/src/host/terminal';
import { FileSource } from '../../../engine/src/ingest/artifact';
import { ROOT } from '../../support/sources';

/** What a command printed and how it ended. */
export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What the progress bar showed. */
  readonly shown: number[];
}

/** The real time of every test: what a digest covers must not depend on it. */
export const NOW = Date.UTC(2026, 10, 23, 4, 30);

/** Runs the command line in this process, on files of memory or, without them, on disk. */
export async function cli(
  argv: string[],
  files?: Record<string, string> | FileSource,
  host: Partial<CommandHost> = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const shown: number[] = [];
  const code = await main(argv, {
    stdout: { write: (text) => out.push(text) },
    stderr: { write: (text) => err.push(text) },
    files: filesOf(files),
    folder: ROOT,
    version: '1.2.3',
    debug: false,
    write: () => {
      throw new Error('no test writes a file without saying where');
    },
    pageAssets: () => ({ script: '', style: '' }),
    now: () => NOW,
    live: LIVE,
    serve: () => Promise.reject(new Error('no test serves without saying how')),
    progress: () => ({ show: (fraction) => shown.push(fraction), end: () => undefined }),
    ...host,
  });
  const result: CliResult = { code, stdout: out.join(''), stderr: err.join(''), shown };
  return result;
}

function filesOf(files: Record<string, string> | FileSource | undefined): FileSource {
  if (files === undefined) {
    return new DiskFiles();
  }
  return typeof files.read === 'function' ? (files as FileSource) : new MemoryFiles(new Map(Object.entries(files)));
}

/** The published JSON Schema of an output, as a validator. */
export function schemaOf(name: string): ValidateFunction {
  const file = path.join(ROOT, 'docs', 'schemas', `${name.replace('/', '-')}.json`);
  return new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(
    JSON.parse(fs.readFileSync(file, 'utf8')) as object,
  );
}

/** The one object that a command printed, held against its published schema. */
export function answerOf<T>(result: CliResult): T {
  const answer = JSON.parse(result.stdout) as T & { readonly schema: string };
  const validate = schemaOf(answer.schema);
  validate(answer);
  expect(validate.errors ?? []).toEqual([]);
  return answer;
}

/** A template with a table, a bucket that nothing protects, two vaults and a plan with a copy. */
export const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Days: { Type: Number, Default: 35 }
Resources:
  Vault:
    Type: AWS::Backup::BackupVault
    Properties: { BackupVaultName: main }
  Far:
    Type: AWS::Backup::BackupVault
    Properties:
      BackupVaultName: far
      LockConfiguration: { MinRetentionDays: 7 }
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      BillingMode: PAY_PER_REQUEST
      Tags: [{ Key: backup, Value: daily }]
  Logs:
    Type: AWS::S3::Bucket
    Properties: { BucketName: logs-of-orders }
  Setting:
    Type: AWS::SSM::Parameter
  Plan:
    Type: AWS::Backup::BackupPlan
    Properties:
      BackupPlan:
        BackupPlanName: tables
        BackupPlanRule:
          - RuleName: daily
            TargetBackupVault: !Ref Vault
            ScheduleExpression: cron(0 5 * * ? *)
            ScheduleExpressionTimezone: Etc/UTC
            StartWindowMinutes: 60
            CompletionWindowMinutes: 1440
            Lifecycle: { DeleteAfterDays: !Ref Days }
            CopyActions:
              - DestinationBackupVaultArn: !GetAtt Far.BackupVaultArn
                Lifecycle: { DeleteAfterDays: 90 }
  Selection:
    Type: AWS::Backup::BackupSelection
    Properties:
      BackupPlanId: !Ref Plan
      BackupSelection:
        SelectionName: tagged
        IamRoleArn: arn:aws:iam::123456789012:role/backup
        ListOfTags: [{ ConditionType: STRINGEQUALS, ConditionKey: backup, ConditionValue: daily }]
`;
