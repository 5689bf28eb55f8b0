// Pages of lists of every kind of service, while what they list comes and goes; and tokens that are another list's.
import { BackupClient, CreateBackupVaultCommand, ListTagsCommand } from '@aws-sdk/client-backup';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateVolumeCommand, DeleteVolumeCommand, DescribeVolumesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  AttachGroupPolicyCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  IAMClient,
  ListAttachedGroupPoliciesCommand,
  ListGroupsCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateGrantCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  KMSClient,
  ListAliasesCommand,
  ListGrantsCommand,
} from '@aws-sdk/client-kms';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, DeleteQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import {
  DeleteParameterCommand,
  DescribeParametersCommand,
  GetParameterHistoryCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { World } from '@holdfast/engine';

interface Listed {
  readonly names: string[];
  readonly token: string | undefined;
}

/** A list of one service: how a thing comes, goes, and is listed. */
interface Lists {
  add(name: string): Promise<string>;
  remove(name: string): Promise<unknown>;
  page(size: number, token?: string): Promise<Listed>;
  /** What a token is refused with that another operation gave. */
  readonly refusal: string;
}

const present = (all: readonly (string | undefined)[] | undefined): string[] => (all ?? []).flatMap((one) => one ?? []);

const LISTS: Readonly<Record<string, (world: World) => Lists>> = {
  'queues of SQS': (world) => {
    const client = world.client(SQSClient);
    return {
      add: async (name) => (await client.send(new CreateQueueCommand({ QueueName: name }))).QueueUrl ?? '',
      remove: (QueueUrl) => client.send(new DeleteQueueCommand({ QueueUrl })),
      page: async (MaxResults, NextToken) => {
        const page = await client.send(new ListQueuesCommand({ MaxResults, NextToken }));
        return { names: present(page.QueueUrls), token: page.NextToken };
      },
      refusal: 'InvalidParameterValue',
    };
  },
  'aliases of KMS': (world) => {
    const client = world.client(KMSClient);
    const key = client.send(new CreateKeyCommand({}));
    return {
      add: async (name) => {
        const TargetKeyId = (await key).KeyMetadata?.KeyId;
        await client.send(new CreateAliasCommand({ AliasName: `alias/${name}`, TargetKeyId }));
        return `alias/${name}`;
      },
      remove: (AliasName) => client.send(new DeleteAliasCommand({ AliasName })),
      page: async (Limit, Marker) => {
        const page = await client.send(new ListAliasesCommand({ Limit, Marker }));
        return { names: present(page.Aliases?.map((one) => one.AliasName)), token: page.NextMarker };
      },
      refusal: 'InvalidMarkerException',
    };
  },
  'parameters of Systems Manager': (world) => {
    const client = world.client(SSMClient);
    return {
      add: async (Name) => {
        await client.send(new PutParameterCommand({ Name, Type: 'String', Value: 'x' }));
        return Name;
      },
      remove: (Name) => client.send(new DeleteParameterCommand({ Name })),
      page: async (MaxResults, NextToken) => {
        const page = await client.send(new DescribeParametersCommand({ MaxResults, NextToken }));
        return { names: present(page.Parameters?.map((one) => one.Name)), token: page.NextToken };
      },
      refusal: 'InvalidNextToken',
    };
  },
  'volumes of EC2': (world) => {
    const client = world.client(EC2Client);
    return {
      add: async () =>
        (await client.send(new CreateVolumeCommand({ AvailabilityZone: 'us-east-1a', Size: 1 }))).VolumeId ?? '',
      remove: (VolumeId) => client.send(new DeleteVolumeCommand({ VolumeId })),
      page: async (MaxResults, NextToken) => {
        const page = await client.send(new DescribeVolumesCommand({ MaxResults, NextToken }));
        return { names: present(page.Volumes?.map((one) => one.VolumeId)), token: page.NextToken };
      },
      refusal: 'InvalidParameterValue',
    };
  },
  'groups of CloudWatch Logs': (world) => {
    const client = world.client(CloudWatchLogsClient);
    return {
      add: async (logGroupName) => {
        await client.send(new CreateLogGroupCommand({ logGroupName }));
        return logGroupName;
      },
      remove: (logGroupName) => client.send(new DeleteLogGroupCommand({ logGroupName })),
      page: async (limit, nextToken) => {
        const page = await client.send(new DescribeLogGroupsCommand({ limit, nextToken }));
        return { names: present(page.logGroups?.map((one) => one.logGroupName)), token: page.nextToken };
      },
      refusal: 'InvalidParameterException',
    };
  },
  'rules of EventBridge': (world) => {
    const client = world.client(EventBridgeClient);
    return {
      add: async (Name) => {
        await client.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}' }));
        return Name;
      },
      remove: (Name) => client.send(new DeleteRuleCommand({ Name })),
      page: async (Limit, NextToken) => {
        const page = await client.send(new ListRulesCommand({ Limit, NextToken }));
        return { names: present(page.Rules?.map((one) => one.Name)), token: page.NextToken };
      },
      refusal: 'ValidationException',
    };
  },
  'groups of IAM': (world) => {
    const client = world.client(IAMClient);
    return {
      add: async (GroupName) => {
        await client.send(new CreateGroupCommand({ GroupName }));
        return GroupName;
      },
      remove: (GroupName) => client.send(new DeleteGroupCommand({ GroupName })),
      page: async (MaxItems, Marker) => {
        const page = await client.send(new ListGroupsCommand({ MaxItems, Marker }));
        return { names: present(page.Groups?.map((one) => one.GroupName)), token: page.Marker };
      },
      refusal: 'ValidationError',
    };
  },
  'secrets of Secrets Manager': (world) => {
    const client = world.client(SecretsManagerClient);
    return {
      add: async (Name) => {
        await client.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
        return Name;
      },
      remove: (SecretId) => client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true })),
      page: async (MaxResults, NextToken) => {
        const page = await client.send(new ListSecretsCommand({ MaxResults, NextToken }));
        return { names: present(page.SecretList?.map((one) => one.Name)), token: page.NextToken };
      },
      refusal: 'InvalidNextTokenException',
    };
  },
};

const world = () => new World({ start: '2027-01-01T00:00:00Z', seed: 1 });

/** A token of a list that is none of these. */
async function tokenOfAnother(of: World): Promise<string> {
  const backup = of.client(BackupClient);
  const tags = { BackupVaultName: 'tagged', BackupVaultTags: { a: '1', b: '2' } };
  const { BackupVaultArn: ResourceArn } = await backup.send(new CreateBackupVaultCommand(tags));
  return (await backup.send(new ListTagsCommand({ ResourceArn, MaxResults: 1 }))).NextToken ?? '';
}

test.each(Object.entries(LISTS))('%s: no page skips or repeats what stays', async (_, make) => {
  const there = world();
  const list = make(there);
  for (const name of ['b', 'd', 'f', 'h', 'j', 'l']) {
    await list.add(`team-${name}`);
  }
  const whole = (await list.page(10)).names;
  expect(whole).toHaveLength(6);
  const first = await list.page(2);
  expect(first.names).toEqual(whole.slice(0, 2));
  // What was on the page before goes: the next begins where it would have.
  await list.remove(whole[0] ?? '');
  const second = await list.page(2, first.token);
  expect(second.names).toEqual(whole.slice(2, 4));
  // What comes meanwhile, wherever it comes, moves nothing; and the first of the next page may go.
  await list.add('team-a');
  await list.remove(whole[4] ?? '');
  const rest = (await list.page(10, second.token)).names;
  expect(rest.filter((name) => whole.includes(name))).toEqual(whole.slice(5));
  const token = await tokenOfAnother(there);
  await expect(list.page(2, token)).rejects.toMatchObject({ name: list.refusal });
  await expect(list.page(2, 'no token')).rejects.toMatchObject({ name: list.refusal });
});

/** Lists below something: one of two things, by the number of it. */
const BELOW: Readonly<
  Record<string, (world: World) => Promise<[(of: number, token?: string) => Promise<Listed>, string]>>
> = {
  'attached policies of a group': async (there) => {
    const client = there.client(IAMClient);
    for (const GroupName of ['0', '1']) {
      await client.send(new CreateGroupCommand({ GroupName }));
      for (const name of ['ReadOnlyAccess', 'AdministratorAccess']) {
        const PolicyArn = `arn:aws:iam::aws:policy/${name}`;
        await client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn }));
      }
    }
    const page = async (of: number, Marker?: string) => {
      const asked = { GroupName: `${of}`, MaxItems: 1, Marker };
      const found = await client.send(new ListAttachedGroupPoliciesCommand(asked));
      return { names: present(found.AttachedPolicies?.map((one) => one.PolicyName)), token: found.Marker };
    };
    return [page, 'ValidationError'];
  },
  'grants of a key': async (there) => {
    const client = there.client(KMSClient);
    const keys = [await client.send(new CreateKeyCommand({})), await client.send(new CreateKeyCommand({}))];
    for (const { KeyMetadata } of keys) {
      for (const Operations of [['Decrypt' as const], ['Encrypt' as const]]) {
        const GranteePrincipal = 'arn:aws:iam::123456789012:root';
        await client.send(new CreateGrantCommand({ KeyId: KeyMetadata?.KeyId, GranteePrincipal, Operations }));
      }
    }
    const page = async (of: number, Marker?: string) => {
      const KeyId = keys[of]?.KeyMetadata?.KeyId;
      const found = await client.send(new ListGrantsCommand({ KeyId, Limit: 1, Marker }));
      return { names: present(found.Grants?.map((one) => one.GrantId)), token: found.NextMarker };
    };
    return [page, 'InvalidMarkerException'];
  },
  'targets of a rule': async (there) => {
    const client = there.client(EventBridgeClient);
    for (const Name of ['0', '1']) {
      await client.send(new PutRuleCommand({ Name, EventPattern: '{"source":["a"]}' }));
      const Targets = ['a', 'b'].map((Id) => ({ Id, Arn: `arn:aws:sqs:us-east-1:123456789012:${Id}` }));
      await client.send(new PutTargetsCommand({ Rule: Name, Targets }));
    }
    const page = async (of: number, NextToken?: string) => {
      const found = await client.send(new ListTargetsByRuleCommand({ Rule: `${of}`, Limit: 1, NextToken }));
      return { names: present(found.Targets?.map((one) => one.Id)), token: found.NextToken };
    };
    return [page, 'ValidationException'];
  },
  'versions of a parameter': async (there) => {
    const client = there.client(SSMClient);
    for (const Name of ['0', '1', '0', '1']) {
      await client.send(new PutParameterCommand({ Name, Type: 'String', Value: 'x', Overwrite: true }));
    }
    const page = async (of: number, NextToken?: string) => {
      const found = await client.send(new GetParameterHistoryCommand({ Name: `${of}`, MaxResults: 1, NextToken }));
      return { names: present(found.Parameters?.map((one) => `${one.Version}`)), token: found.NextToken };
    };
    return [page, 'InvalidNextToken'];
  },
  'tags of a vault': async (there) => {
    const client = there.client(BackupClient);
    const arns: (string | undefined)[] = [];
    for (const BackupVaultName of ['v0', 'v1']) {
      const made = { BackupVaultName, BackupVaultTags: { a: '1', b: '2' } };
      arns.push((await client.send(new CreateBackupVaultCommand(made))).BackupVaultArn);
    }
    const page = async (of: number, NextToken?: string) => {
      const found = await client.send(new ListTagsCommand({ ResourceArn: arns[of], MaxResults: 1, NextToken }));
      return { names: Object.keys(found.Tags ?? {}), token: found.NextToken };
    };
    return [page, 'InvalidParameterValueException'];
  },
};

test.each(Object.entries(BELOW))('%s: a token of one is none of another', async (_, make) => {
  const [page, refusal] = await make(world());
  const first = await page(0);
  expect(first.names).toHaveLength(1);
  expect((await page(0, first.token)).names).toHaveLength(1);
  await expect(page(1, first.token)).rejects.toMatchObject({ name: refusal });
});
