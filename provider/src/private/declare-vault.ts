import {
  BackupVault,
  BackupVaultRules,
  Environment,
  Finding,
  LogicallyAirGappedVaultRules,
  Severity,
  VaultEncryptionRules,
  VaultEvents,
  VaultKeyType,
  VaultLock,
  VaultLockRules,
} from '@holdfast/model';
import { Fn, Token } from 'cdktf';
import { Construct, IConstruct } from 'constructs';
import { IVault } from '../vault';
import { LogicallyAirGappedVaultAttributes, VaultAttributes } from '../vault-attributes';
import { VaultEncryption } from '../vault-encryption';
import { VaultProps } from '../vault-props';
import { declareAirGappedVault, declareVault } from './declarations';
import { environmentOf } from './environment';
import { knownEvents } from './failure-notifications';
import { refuse } from './refuse';
import { LATER, SYNTH } from './token-values';
import { VaultPolicy } from './vault-policy';

/** Two paths that the rules give below the lock, and where these constructs have them. */
const OF_ACKNOWLEDGEMENT = /^vaultLock(?=\.(deployedOn|acknowledgedBy)$)/;
const ACKNOWLEDGEMENT = 'complianceAcknowledgement';

/** The key of a vault, in whichever of two ways it was given. */
export function encryptionOf({ encryption, encryptionKeyArn }: VaultProps): VaultEncryption {
  return encryption ?? VaultEncryption.customerManaged(encryptionKeyArn);
}

/** The access policy of a vault; a purpose may close what its properties leave open. */
export function policyOf(scope: Construct, props: VaultProps): VaultPolicy {
  const { purpose, breakGlassPrincipalArns, provider } = props;
  return new VaultPolicy(scope, {
    breakGlassPrincipalArns,
    copiesInFrom: props.copiesInFrom ?? (purpose?.copiesInFromNamedAlone ? [] : undefined),
    copiesOutTo: props.copiesOutTo ?? (purpose?.copiesOutToNamedAlone ? [] : undefined),
    provider,
  });
}

/** What a vault tells of, if it tells of anything. */
export function eventsOf({ notificationEvents, purpose }: VaultProps): string[] {
  return notificationEvents ?? knownEvents(purpose?.notificationEvents ?? VaultEvents.ofFailures());
}

/** The vault in the words of the model. */
export function declaredVault(scope: IConstruct, props: VaultProps, policy: VaultPolicy): BackupVault {
  const { notificationTopicArn: snsTopicArn, purpose, tags } = props;
  return {
    backupVaultName: props.backupVaultName,
    env: environmentOf(scope, props.provider),
    encryptionKeyArn: keyArn(encryptionOf(props)),
    accessPolicy: policy.document,
    vaultLock: vaultLock(props),
    notifications: snsTopicArn === undefined ? undefined : { snsTopicArn, backupVaultEvents: eventsOf(props) },
    tags: purpose === undefined ? tags : { ...purpose.tags, ...tags },
    declaredAt: scope.node.path,
  };
}

/** As lib, where CloudFormation demands a lower bound; a day is what AWS Backup has for none, as no retention is shorter. */
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
  const { complianceAcknowledgement: acknowledgement, encryption, encryptionKeyArn } = props;
  const { keyType } = encryptionOf(props);
  const { changeableForDays } = lock;
  return [
    ...BackupVaultRules.check(declared, '', SYNTH),
    ...VaultLockRules.checkAcknowledgement(lock, acknowledgement, 'vaultLock', SYNTH).map((finding) => ({
      ...finding,
      path: finding.path.replace(OF_ACKNOWLEDGEMENT, ACKNOWLEDGEMENT),
    })),
    ...(encryption === undefined || encryptionKeyArn === undefined ? [] : givenTwice()),
    ...VaultEncryptionRules.check({ keyType, changeableForDays }, 'encryption', SYNTH),
    ...policy.check(),
  ];
}

/** The rule has the name of lib's property in its path. */
function givenTwice(): Finding[] {
  return VaultEncryptionRules.checkTwice('').map((finding) => ({ ...finding, path: 'encryptionKeyArn' }));
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

/** A vault of which nothing but its ARN is known. */
export function vaultByArn(backupVaultArn: string): IVault {
  const backupVaultName = SYNTH.known(backupVaultArn)
    ? backupVaultArn.slice(backupVaultArn.lastIndexOf(':') + 1)
    : Token.asString(Fn.element(Fn.split(':', backupVaultArn), 6));
  return { backupVaultArn, backupVaultName };
}

/** A vault that exists, with what its author says of it. */
export function importedVault(scope: Construct, id: string, attributes: VaultAttributes): IVault {
  const imported = vaultByArn(attributes.backupVaultArn);
  const at = new Construct(scope, id);
  const declared: BackupVault = { ...known(at, imported, attributes), vaultLock: attributes.vaultLock };
  refuseErrors(at, BackupVaultRules.check(declared, '', SYNTH));
  declareVault(imported, declared);
  return imported;
}

/** A logically air-gapped vault that exists, with what its author says of it. */
export function importedAirGappedVault(
  scope: Construct,
  id: string,
  attributes: LogicallyAirGappedVaultAttributes,
): IVault {
  const imported = vaultByArn(attributes.backupVaultArn);
  const at = new Construct(scope, id);
  const { minRetentionDays, maxRetentionDays } = attributes;
  const declared = { ...known(at, imported, attributes), minRetentionDays, maxRetentionDays };
  refuseErrors(at, LogicallyAirGappedVaultRules.check(declared, '', SYNTH));
  declareAirGappedVault(at, imported, declared, attributes.backupVaultArn);
  return imported;
}

/** What is the same for both kinds; a token stands for what nobody said, so that the rules hold their tongue. */
function known(at: IConstruct, imported: IVault, attributes: VaultAttributes | LogicallyAirGappedVaultAttributes) {
  return {
    backupVaultName: imported.backupVaultName,
    env: placeOf(attributes.backupVaultArn) ?? environmentOf(at),
    encryptionKeyArn: attributes.encryption === undefined ? LATER : keyArn(attributes.encryption),
    accessPolicy: (attributes.accessPolicy ?? LATER) as unknown,
    declaredAt: at.node.path,
  };
}

/** Where the ARN says that the vault is; undefined where only Terraform knows. */
function placeOf(arn: string): Environment | undefined {
  const [, partition = '', , region = '', account = ''] = arn.split(':');
  return SYNTH.known(arn) ? { partition, account, region } : undefined;
}

/** Advice about what is there already helps nobody. */
function refuseErrors(at: IConstruct, findings: Finding[]): void {
  refuse(
    at,
    findings.filter(({ severity }) => severity === Severity.ERROR),
  );
}

/** The key as the rules want it: none is AWS's own, a token one that is not known yet. */
export function keyArn({ keyType, encryptionKeyArn }: VaultEncryption): string | undefined {
  return keyType === VaultKeyType.CUSTOMER_MANAGED ? (encryptionKeyArn ?? LATER) : undefined;
}
