import {
  BackupVault,
  BackupVaultRules,
  Finding,
  LogicallyAirGappedVaultRules,
  Severity,
  VaultEncryptionRules,
  VaultEvents,
  VaultKeyType,
  VaultLock,
  VaultLockRules,
} from '@holdfast/model';
import * as backup from 'aws-cdk-lib/aws-backup';
import { ArnFormat, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { LogicallyAirGappedVaultAttributes, VaultAttributes } from '../vault-attributes';
import { VaultEncryption } from '../vault-encryption';
import { VaultProps } from '../vault-props';
import { declareAirGappedVault, declareVault } from './declarations';
import { environmentOf } from './environment';
import { refuse } from './refuse';
import { LATER, SYNTH } from './token-values';
import { VaultPolicy } from './vault-policy';

/** Two paths that the rules give below the lock, and where these constructs have them. */
const OF_ACKNOWLEDGEMENT = /^vaultLock(?=\.(deployedOn|acknowledgedBy)$)/;
const ACKNOWLEDGEMENT = 'complianceAcknowledgement';

/** The key of a vault, in whichever of two ways it was given. */
export function encryptionOf({ encryption, encryptionKey }: VaultProps): VaultEncryption {
  return encryption ?? VaultEncryption.customerManaged(encryptionKey);
}

/** The access policy of a vault; a purpose may close what its properties leave open. */
export function policyOf(scope: IConstruct, props: VaultProps): VaultPolicy {
  const { purpose, breakGlassRoles } = props;
  return new VaultPolicy({
    env: environmentOf(scope),
    breakGlassRoles,
    copiesInFrom: props.copiesInFrom ?? (purpose?.copiesInFromNamedAlone ? [] : undefined),
    copiesOutTo: props.copiesOutTo ?? (purpose?.copiesOutToNamedAlone ? [] : undefined),
  });
}

/** What a vault tells of, if it tells of anything. */
export function eventsOf({ notificationEvents, purpose }: VaultProps): string[] {
  return notificationEvents ?? purpose?.notificationEvents ?? VaultEvents.ofFailures();
}

/** The vault in the words of the model. */
export function declaredVault(scope: IConstruct, props: VaultProps, policy: VaultPolicy): BackupVault {
  const { notificationTopic, purpose, tags } = props;
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope),
    encryptionKeyArn: keyArn(encryptionOf(props)),
    accessPolicy: policy.document,
    vaultLock: vaultLock(props),
    notifications:
      notificationTopic === undefined
        ? undefined
        : { snsTopicArn: notificationTopic.topicArn, backupVaultEvents: eventsOf(props) },
    tags: purpose === undefined ? tags : { ...purpose.tags, ...tags },
    declaredAt: scope.node.path,
  };
}

/** CloudFormation demands a lower bound; a day is what AWS Backup has for none, as no retention is shorter. */
function vaultLock({ vaultLock: given, purpose }: VaultProps): VaultLock | undefined {
  return given === undefined && purpose === undefined
    ? undefined
    : {
        ...purpose?.vaultLock,
        ...given,
        minRetentionDays: given?.minRetentionDays ?? purpose?.vaultLock.minRetentionDays ?? 1,
      };
}

/** What the rules find in a vault, with the paths of its properties. */
export function checkVault(declared: BackupVault, props: VaultProps, policy: VaultPolicy): Finding[] {
  const lock = declared.vaultLock ?? {};
  const { complianceAcknowledgement: acknowledgement, encryption, encryptionKey } = props;
  const { keyType } = encryptionOf(props);
  const { changeableForDays } = lock;
  return [
    ...BackupVaultRules.check(declared, '', SYNTH),
    ...VaultLockRules.checkAcknowledgement(lock, acknowledgement, 'vaultLock', SYNTH).map((finding) => ({
      ...finding,
      path: finding.path.replace(OF_ACKNOWLEDGEMENT, ACKNOWLEDGEMENT),
    })),
    ...(encryption === undefined || encryptionKey === undefined ? [] : VaultEncryptionRules.checkTwice('')),
    ...VaultEncryptionRules.check({ keyType, changeableForDays }, 'encryption', SYNTH),
    ...policy.check(),
  ];
}

/** The day from which nobody can change the lock of a vault. */
export function dateOfNoReturn(
  { vaultLock: lock }: BackupVault,
  { complianceAcknowledgement: acknowledgement }: VaultProps,
): string | undefined {
  return lock === undefined || acknowledgement === undefined
    ? undefined
    : VaultLockRules.dateOfNoReturn(lock, acknowledgement.deployedOn);
}

/** A vault that exists, with what its author says of it. */
export function importedVault(scope: Construct, id: string, attributes: VaultAttributes): backup.IBackupVault {
  const imported = backup.BackupVault.fromBackupVaultArn(scope, id, attributes.backupVaultArn);
  const declared: BackupVault = { ...known(imported, attributes), vaultLock: attributes.vaultLock };
  refuseErrors(imported, BackupVaultRules.check(declared, '', SYNTH));
  declareVault(imported, declared);
  return imported;
}

/** A logically air-gapped vault that exists, with what its author says of it. */
export function importedAirGappedVault(
  scope: Construct,
  id: string,
  attributes: LogicallyAirGappedVaultAttributes,
): backup.IBackupVault {
  const imported = backup.BackupVault.fromBackupVaultArn(scope, id, attributes.backupVaultArn);
  const { minRetentionDays, maxRetentionDays } = attributes;
  const declared = { ...known(imported, attributes), minRetentionDays, maxRetentionDays };
  refuseErrors(imported, LogicallyAirGappedVaultRules.check(declared, '', SYNTH));
  declareAirGappedVault(imported, declared, attributes.backupVaultArn);
  return imported;
}

/** What is the same for both kinds; a token stands for what nobody said, so that the rules hold their tongue. */
function known(imported: backup.IBackupVault, attributes: VaultAttributes | LogicallyAirGappedVaultAttributes) {
  const here = environmentOf(imported);
  const parts = Stack.of(imported).splitArn(attributes.backupVaultArn, ArnFormat.COLON_RESOURCE_NAME);
  const { partition = here.partition, account = here.account, region = here.region } = parts;
  return {
    backupVaultName: imported.backupVaultName,
    env: { partition, account, region },
    encryptionKeyArn: attributes.encryption === undefined ? LATER : keyArn(attributes.encryption),
    accessPolicy: (attributes.accessPolicy === undefined ? LATER : attributes.accessPolicy.toJSON()) as unknown,
    declaredAt: imported.node.path,
  };
}

/** Advice about what is there already helps nobody. */
function refuseErrors(imported: IConstruct, findings: Finding[]): void {
  refuse(
    imported,
    findings.filter(({ severity }) => severity === Severity.ERROR),
  );
}

/** The key as the rules want it: none is AWS's own, a token one that is not known yet. */
export function keyArn({ keyType, encryptionKey }: VaultEncryption): string | undefined {
  return keyType === VaultKeyType.CUSTOMER_MANAGED ? (encryptionKey?.keyArn ?? LATER) : undefined;
}
