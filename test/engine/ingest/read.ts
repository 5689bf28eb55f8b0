import { MemoryFiles } from '../../../engine/src/host/files';
import { IngestRefusal, ReadOptions, ReadResult } from '../../../engine/src/ingest/artifact';
import { readArtifacts } from '../../../engine/src/ingest/read-artifacts';

export const ENV = { partition: 'aws', account: '123456789012', region: 'eu-central-1' };

/** Files in memory: text as it is, everything else as JSON. */
export function filesOf(contents: Readonly<Record<string, unknown>>): MemoryFiles {
  const texts = Object.entries(contents).map(([file, content]): [string, string] => [
    file,
    typeof content === 'string' ? content : JSON.stringify(content),
  ]);
  return new MemoryFiles(new Map(texts));
}

/** Reads artifacts out of files in memory; every file is an artifact unless `paths` says which are. */
export function read(
  contents: Readonly<Record<string, unknown>>,
  options: Partial<ReadOptions> = {},
  paths: readonly string[] = Object.keys(contents),
): ReadResult {
  return readArtifacts(paths, { env: ENV, parameters: {}, values: {}, ...options }, filesOf(contents));
}

/** Message of the refusal that `attempt` ends with. */
export function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof IngestRefusal) {
      return error.message;
    }
    throw error;
  }
  throw new Error('nothing was refused');
}

/** A vault whose tag `value` is an expression, in a template with what expressions can refer to. */
export function templateWith(value: unknown, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    Parameters: {
      Name: { Type: 'String', Default: 'orders' },
      Zones: { Type: 'CommaDelimitedList', Default: 'a, b,c' },
      Days: { Type: 'Number', Default: 35 },
      Open: { Type: 'String' },
      Image: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/shared/image' },
    },
    Mappings: { Sizes: { 'eu-central-1': { days: 7, list: ['x', 'y'] } } },
    Conditions: {
      Yes: { 'Fn::Equals': [{ Ref: 'Name' }, 'orders'] },
      No: { 'Fn::Not': [{ Condition: 'Yes' }] },
      Both: { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] }] },
      Any: { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'Both' }] },
      Unknown: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] },
    },
    Resources: {
      V: {
        Type: 'AWS::Backup::BackupVault',
        Properties: { BackupVaultName: 'main', BackupVaultTags: { value } },
      },
      W: { Type: 'AWS::Backup::BackupVault', Properties: { BackupVaultName: 'other' } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alerts' } },
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'backup', Path: '/ops/' } },
      Off: { Type: 'AWS::SNS::Topic', Condition: 'No' },
    },
    ...more,
  };
}
