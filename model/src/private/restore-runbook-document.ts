import { RestoreMetadata } from '../restore-metadata';
import { RestoreMetadataKey, RestoreMetadataNeed } from '../restore-metadata-key';
import { RestoreRunbookDeclaration, RestoreRunbookRoles } from '../restore-runbook';

/** A value that only Systems Manager knows. */
const EXECUTION_ID = '{{ automation:EXECUTION_ID }}';

/** Whatever a run says of them: what makes a request unique is the run. */
const PRESETS: Readonly<Record<string, { [key: string]: string }>> = {
  EFS: { CreationToken: EXECUTION_ID },
  S3: { CreationToken: EXECUTION_ID },
};

/** What a run does unless it says otherwise: nothing that exists is written into (Source B8/3). */
const DEFAULTS: Readonly<Record<string, { [key: string]: string }>> = {
  EFS: { newFileSystem: 'true' },
};

/**
 * Merges what the recovery point holds with what the run gives; keys keep the case that they have first (Source B8/2).
 *
 * Keys that begin with `aws:` are set by AWS Backup itself.
 */
const MERGE = [
  'def merge(events, context):',
  "    stored = events.get('stored') or {}",
  "    metadata = {key: value for key, value in stored.items() if not key.lower().startswith('aws:')}",
  '    names = {key.lower(): key for key in metadata}',
  "    for source in ('preset', 'given', 'more'):",
  '        for key, value in (events.get(source) or {}).items():',
  "            if value != '':",
  '                metadata[names.setdefault(key.lower(), key)] = value',
  "    missing = [key for key in events['required'] if metadata.get(names.get(key.lower()), '') == '']",
  '    if missing:',
  "        raise Exception('the restore needs ' + ', '.join(missing) + ', which neither the recovery point nor the run gives')",
  "    return {'Metadata': metadata}",
  '',
].join('\n');

/** The content of the document. */
export function runbookDocument(
  runbook: RestoreRunbookDeclaration,
  roles: RestoreRunbookRoles,
  timeoutSeconds: number,
): object {
  const { resourceType } = runbook;
  return {
    schemaVersion: '0.3',
    description: `Restores a recovery point of ${resourceType} into something new, and tells what it made`,
    assumeRole: roles.automationRoleArn,
    parameters: parametersOf(runbook),
    mainSteps: [
      checkType(resourceType),
      readMetadata(),
      mergeMetadata(resourceType),
      startRestore(resourceType, roles.restoreRoleArn),
      ...awaitRestore(timeoutSeconds),
    ],
    outputs: ['StartRestore.RestoreJobId', 'ReadResult.CreatedResourceArn'],
  };
}

function parametersOf(runbook: RestoreRunbookDeclaration): object {
  const { resourceType, backupVaultName } = runbook;
  const ofType = keysOf(resourceType).map((key) => [parameterName(key.key), parameterOf(key, runbook)]);
  return {
    RecoveryPointArn: { type: 'String', description: 'ARN of the recovery point to restore' },
    BackupVaultName: {
      type: 'String',
      description: 'Name of the vault that has the recovery point',
      ...(backupVaultName === undefined ? {} : { default: backupVaultName }),
    },
    ...(Object.fromEntries(ofType) as object),
    MoreMetadata: {
      type: 'StringMap',
      description: 'Metadata beside the parameters above, by key',
      default: {},
    },
    CopySourceTagsToRestoredResource: {
      type: 'Boolean',
      description: 'Whether what is restored gets the tags of the recovery point',
      default: false,
    },
  };
}

/** Those that the run is to decide; the others are preset. */
function keysOf(resourceType: string): RestoreMetadataKey[] {
  const preset = Object.keys(PRESETS[resourceType] ?? {});
  return RestoreMetadata.keysOf(resourceType).filter(({ key }) => !preset.includes(key));
}

function parameterOf({ key, description, need }: RestoreMetadataKey, runbook: RestoreRunbookDeclaration): object {
  const given = Object.entries(runbook.metadataDefaults ?? {}).find(
    ([name]) => name.toLowerCase() === key.toLowerCase(),
  )?.[1];
  const preset = given ?? DEFAULTS[runbook.resourceType]?.[key];
  if (need === RestoreMetadataNeed.NEW_VALUE) {
    return { type: 'String', description, ...(preset === undefined ? {} : { default: preset }) };
  }
  return {
    type: 'String',
    description: preset === undefined ? `${description}. Left empty: as the recovery point has it.` : `${description}.`,
    default: preset ?? '',
  };
}

/** `file-system-id` is `FileSystemId`, `engine` is `Engine`. */
function parameterName(key: string): string {
  return key.replace(/(^|[^a-zA-Z0-9]+)([a-zA-Z0-9])/g, (_, __, letter: string) => letter.toUpperCase());
}

const POINT = { BackupVaultName: '{{ BackupVaultName }}', RecoveryPointArn: '{{ RecoveryPointArn }}' };

function checkType(resourceType: string): object {
  return {
    name: 'CheckType',
    action: 'aws:assertAwsResourceProperty',
    description: `Fails where the recovery point is not of ${resourceType}`,
    inputs: {
      ...call('DescribeRecoveryPoint', POINT),
      PropertySelector: '$.ResourceType',
      DesiredValues: [resourceType],
    },
  };
}

function readMetadata(): object {
  return {
    name: 'ReadMetadata',
    action: 'aws:executeAwsApi',
    description: 'Reads the metadata that the recovery point holds',
    inputs: call('GetRecoveryPointRestoreMetadata', POINT),
    outputs: [{ Name: 'Stored', Selector: '$.RestoreMetadata', Type: 'StringMap' }],
  };
}

function mergeMetadata(resourceType: string): object {
  const given = keysOf(resourceType).map(({ key }) => [key, `{{ ${parameterName(key)} }}`]);
  const required = RestoreMetadata.keysOf(resourceType).filter(({ need }) => need !== RestoreMetadataNeed.OPTIONAL);
  return {
    name: 'MergeMetadata',
    action: 'aws:executeScript',
    description: 'Merges it with what the run gives',
    inputs: {
      Runtime: 'python3.11',
      Handler: 'merge',
      Script: MERGE,
      InputPayload: {
        stored: '{{ ReadMetadata.Stored }}',
        preset: PRESETS[resourceType] ?? {},
        given: Object.fromEntries(given) as object,
        more: '{{ MoreMetadata }}',
        required: required.map(({ key }) => key),
      },
    },
    outputs: [{ Name: 'Metadata', Selector: '$.Payload.Metadata', Type: 'StringMap' }],
  };
}

function startRestore(resourceType: string, iamRoleArn: string): object {
  return {
    name: 'StartRestore',
    action: 'aws:executeAwsApi',
    description: 'Starts the restore, once for each run',
    inputs: call('StartRestoreJob', {
      RecoveryPointArn: '{{ RecoveryPointArn }}',
      ResourceType: resourceType,
      IamRoleArn: iamRoleArn,
      IdempotencyToken: EXECUTION_ID,
      Metadata: '{{ MergeMetadata.Metadata }}',
      CopySourceTagsToRestoredResource: '{{ CopySourceTagsToRestoredResource }}',
    }),
    outputs: [{ Name: 'RestoreJobId', Selector: '$.RestoreJobId', Type: 'String' }],
  };
}

/** A wait for `COMPLETED` alone would not notice a failure before its time is over (Source B8/6). */
function awaitRestore(timeoutSeconds: number): object[] {
  const describe = call('DescribeRestoreJob', { RestoreJobId: '{{ StartRestore.RestoreJobId }}' });
  return [
    {
      name: 'WaitForEnd',
      action: 'aws:waitForAwsResourceProperty',
      description: 'Waits for the end of the restore',
      timeoutSeconds,
      inputs: { ...describe, PropertySelector: '$.Status', DesiredValues: ['COMPLETED', 'FAILED', 'ABORTED'] },
    },
    {
      name: 'CheckEnd',
      action: 'aws:assertAwsResourceProperty',
      description: 'Fails where the restore has failed',
      inputs: { ...describe, PropertySelector: '$.Status', DesiredValues: ['COMPLETED'] },
    },
    {
      name: 'ReadResult',
      action: 'aws:executeAwsApi',
      description: 'Tells what the restore made',
      inputs: describe,
      outputs: [{ Name: 'CreatedResourceArn', Selector: '$.CreatedResourceArn', Type: 'String' }],
      isEnd: true,
    },
  ];
}

function call(operation: string, input: object): object {
  return { Service: 'backup', Api: operation, ...input };
}
