/**
 * Customer managed keys of an account in a Region, with aliases, policies and tags; legal holds; and
 * tiering configurations.
 *
 * Pure: asks through the reader.
 * Source   APIs of KMS and AWS Backup. ListKeys tells ids alone.
 */
import {
  GetLegalHoldCommand,
  GetTieringConfigurationCommand,
  type LegalHold as Listed,
  ListLegalHoldsCommand,
  ListTieringConfigurationsCommand,
} from '@aws-sdk/client-backup';
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  type KeyMetadata,
  ListAliasesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
} from '@aws-sdk/client-kms';
import {
  type EncryptionKey,
  type Environment,
  type LegalHold,
  TagRules,
  type TieringConfiguration,
} from '@holdfast/model';
import { toTiering } from '../operations/find-tiering';
import { ROTATION_DAYS } from '../domain/keys';
import { Backups, PAGE } from './backups';
import type { Reader } from './reader';
import { known, type Source } from './source';

/** Keys that can encrypt a backup. */
const SYMMETRIC = 'SYMMETRIC_DEFAULT';
const GONE = new Set(['PendingDeletion', 'PendingReplicaDeletion', 'Unavailable', 'PendingImport']);

const KEYS: Source = {
  name: 'keys',
  async page(reader, env, Marker) {
    const client = reader.client(KMSClient, env.region);
    const lane = `kms ${env.region}`;
    const command = new ListKeysCommand({ Limit: PAGE, ...(Marker !== undefined && { Marker }) });
    const { Keys = [], NextMarker: next } = await reader.ask(lane, () => client.send(command));
    const keys: EncryptionKey[] = [];
    for (const { KeyId } of Keys) {
      const { KeyMetadata } = await reader.ask(lane, () => client.send(new DescribeKeyCommand({ KeyId })));
      const { KeyManager, KeySpec = SYMMETRIC, KeyState = '' } = KeyMetadata ?? {};
      if (KeyMetadata !== undefined && KeyManager === 'CUSTOMER' && KeySpec === SYMMETRIC && !GONE.has(KeyState)) {
        keys.push(await keyOf(reader, env, KeyMetadata));
      }
    }
    return { keys, next };
  },
};

async function keyOf(reader: Reader, env: Environment, described: KeyMetadata): Promise<EncryptionKey> {
  const client = reader.client(KMSClient, env.region);
  const ask = <T>(call: () => Promise<T>): Promise<T> => reader.ask(`kms ${env.region}`, call);
  const { KeyId = '', Description, Enabled, MultiRegion, MultiRegionConfiguration: spread } = described;
  const { Policy } = await ask(() => client.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })));
  const { Aliases = [] } = await ask(() => client.send(new ListAliasesCommand({ KeyId, Limit: PAGE })));
  const { Tags = [] } = await ask(() => client.send(new ListResourceTagsCommand({ KeyId, Limit: 50 })));
  // A replica rotates with its primary.
  const rotation =
    spread?.MultiRegionKeyType === 'REPLICA'
      ? undefined
      : await ask(() => client.send(new GetKeyRotationStatusCommand({ KeyId })));
  const aliasNames = Aliases.flatMap(({ AliasName }) => AliasName ?? []).sort();
  const tags = Tags.filter(({ TagKey = '' }) => !TagRules.isReserved(TagKey));
  return known({
    env,
    keyId: KeyId,
    multiRegion: MultiRegion === true ? true : undefined,
    primaryKeyArn: spread?.MultiRegionKeyType === 'REPLICA' ? spread.PrimaryKey?.Arn : undefined,
    description: Description === '' ? undefined : Description,
    keyPolicy: Policy === undefined ? undefined : (JSON.parse(Policy) as unknown),
    enabled: Enabled === false ? false : undefined,
    rotationPeriodInDays:
      rotation?.KeyRotationEnabled === true ? (rotation.RotationPeriodInDays ?? ROTATION_DAYS) : undefined,
    aliasNames: aliasNames.length === 0 ? undefined : aliasNames,
    tags: tags.length === 0 ? undefined : Object.fromEntries(tags.map(({ TagKey, TagValue }) => [TagKey, TagValue])),
  }) as EncryptionKey;
}

/** Those that hold still. */
const HOLDS: Source = {
  name: 'legal-holds',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListLegalHoldsCommand({ MaxResults: PAGE, ...(NextToken !== undefined && { NextToken }) });
    const { LegalHolds = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const legalHolds: LegalHold[] = [];
    for (const listed of LegalHolds.filter(({ Status }) => Status === 'ACTIVE' || Status === 'CREATING')) {
      legalHolds.push(await holdOf(backups, env, listed));
    }
    return { legalHolds, next };
  },
};

async function holdOf(backups: Backups, env: Environment, listed: Listed): Promise<LegalHold> {
  const { LegalHoldId, LegalHoldArn = '', Title: title = '', Description: description = '' } = listed;
  const { RecoveryPointSelection: of = {} } = await backups.ask((client) =>
    client.send(new GetLegalHoldCommand({ LegalHoldId })),
  );
  const { FromDate: from, ToDate: to } = of.DateRange ?? {};
  return known({
    title,
    description,
    env,
    recoveryPointSelection: known({
      vaultNames: of.VaultNames,
      resourceIdentifiers: of.ResourceIdentifiers,
      dateRange:
        from === undefined || to === undefined ? undefined : { fromDate: from.toISOString(), toDate: to.toISOString() },
    }),
    tags: await backups.tagsOf(LegalHoldArn),
  }) as LegalHold;
}

const TIERING: Source = {
  name: 'tiering-configurations',
  async page(reader, env, NextToken) {
    const backups = new Backups(reader, env);
    const command = new ListTieringConfigurationsCommand({
      MaxResults: PAGE,
      ...(NextToken !== undefined && { NextToken }),
    });
    const { TieringConfigurations = [], NextToken: next } = await backups.ask((client) => client.send(command));
    const tieringConfigurations: TieringConfiguration[] = [];
    for (const { TieringConfigurationName, TieringConfigurationArn = '' } of TieringConfigurations) {
      const { TieringConfiguration: one } = await backups.ask((client) =>
        client.send(new GetTieringConfigurationCommand({ TieringConfigurationName })),
      );
      if (one !== undefined) {
        const tags = await backups.tagsOf(TieringConfigurationArn);
        const { BackupVaultName: vault, ResourceSelection: selections } = one;
        tieringConfigurations.push(toTiering(env, TieringConfigurationName ?? '', vault, selections, tags));
      }
    }
    return { tieringConfigurations, next };
  },
};

export const KEY_SOURCES: readonly Source[] = [KEYS, HOLDS, TIERING];
