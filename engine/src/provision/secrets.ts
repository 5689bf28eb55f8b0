/**
 * AWS::SecretsManager::Secret, SecretTargetAttachment and ResourcePolicy.
 *
 * Pure: changes nothing but the World it is given.
 * Source   the CloudFormation resource specification (@aws-cdk/aws-service-spec 0.1.216): what is create-only;
 *          GenerateSecretString: "If you make a change to this property, a new secret version is created"; Secrets Manager
 *          user guide, "JSON structure of AWS Secrets Manager database credential secrets".
 * Assumed  A secret goes with its stack at once, without days to bring it back.
 */
import { isDeepStrictEqual } from 'node:util';
import type { GetRandomPasswordCommandInput } from '@aws-sdk/client-secrets-manager';
import { isDictionary } from '../ingest/cloudformation/template';
import { parseJson } from '../kernel/json';
import { given } from '../operations/backup/shapes';
import { clusterShape } from '../operations/database-clusters';
import { databaseShape, findCluster, findDatabase } from '../operations/databases';
import { findSecret, findVersion, password } from '../operations/find-secret';
import { createSecret } from '../operations/secretsmanager/create-secret';
import { deleteResourcePolicy } from '../operations/secretsmanager/delete-resource-policy';
import { deleteSecret } from '../operations/secretsmanager/delete-secret';
import { putResourcePolicy } from '../operations/secretsmanager/put-resource-policy';
import { putSecretValue } from '../operations/secretsmanager/put-secret-value';
import { tagResource } from '../operations/secretsmanager/tag-resource';
import { untagResource } from '../operations/secretsmanager/untag-resource';
import { updateSecret } from '../operations/secretsmanager/update-secret';
import { Made, refuseOthers, ResourceHandler, Standing, Wanted } from './handler';
import { Refused } from './refusals';

export const SECRETS: Readonly<Record<string, ResourceHandler>> = {
  'AWS::SecretsManager::Secret': {
    replacedBy: ['Name'],
    create: (wanted) => {
      const { state, env, properties } = wanted;
      refuseOthers(wanted, ['Description', 'GenerateSecretString', 'KmsKeyId', 'Name', 'SecretString', 'Tags']);
      const { ARN } = createSecret(state, env, {
        Name: properties.member('Name').text() ?? wanted.generated(),
        Description: properties.member('Description').text(),
        KmsKeyId: properties.member('KmsKeyId').text(),
        SecretString: valueIn(wanted),
        Tags: Object.entries(wanted.tags()).map(([Key, Value]) => ({ Key, Value })),
      });
      return made(String(ARN));
    },
    update: (wanted, standing) => {
      const { state, env, properties } = wanted;
      const SecretId = standing.made.physicalId;
      const [before, after] = [standing.made.properties, wanted.wish.properties];
      const changed = ['GenerateSecretString', 'SecretString'].some(
        (name) => !isDeepStrictEqual(before[name], after[name]),
      );
      updateSecret(state, env, {
        SecretId,
        Description: properties.member('Description').text(),
        KmsKeyId: properties.member('KmsKeyId').text(),
        ...(changed && { SecretString: valueIn(wanted) }),
      });
      retag(wanted, standing);
      return made(SecretId);
    },
    delete: ({ state, env, made: { physicalId: SecretId } }) => {
      deleteSecret(state, env, { SecretId, ForceDeleteWithoutRecovery: true });
    },
  },
  'AWS::SecretsManager::SecretTargetAttachment': {
    replacedBy: [],
    create: attach,
    update: (wanted, standing) => {
      if (wanted.properties.member('SecretId').text() !== standing.made.physicalId) {
        detach(standing);
      }
      return attach(wanted);
    },
    delete: detach,
  },
  'AWS::SecretsManager::ResourcePolicy': {
    replacedBy: ['SecretId'],
    create: putPolicy,
    update: putPolicy,
    delete: ({ state, env, made: { physicalId: SecretId } }) => {
      deleteResourcePolicy(state, env, { SecretId });
    },
  },
};

function made(arn: string): Made {
  return { physicalId: arn, attributes: { Id: arn } };
}

/** The value that a template gives, or has made up. */
function valueIn(wanted: Wanted): string | undefined {
  const { state, stack, properties, wish } = wanted;
  const asked = properties.member('GenerateSecretString');
  if (!asked.isPresent) {
    return properties.member('SecretString').text();
  }
  const count = `${stack.incarnation} ${wish.generation} ${stack.events.length}`;
  const drawn = password(state.seed, [stack.id, wish.logicalId, count], passwordIn(wanted));
  const key = asked.member('GenerateStringKey').text();
  if (key === undefined) {
    return drawn;
  }
  const template = parsed(asked.member('SecretStringTemplate').text());
  if (template === undefined) {
    throw new Refused('Could not parse SecretStringTemplate JSON');
  }
  return JSON.stringify({ ...template, [key]: drawn });
}

function passwordIn({ properties }: Wanted): GetRandomPasswordCommandInput {
  const asked = properties.member('GenerateSecretString');
  return given({
    PasswordLength: asked.member('PasswordLength').number(),
    ExcludeCharacters: asked.member('ExcludeCharacters').text(),
    ExcludeLowercase: asked.member('ExcludeLowercase').boolean(),
    ExcludeNumbers: asked.member('ExcludeNumbers').boolean(),
    ExcludePunctuation: asked.member('ExcludePunctuation').boolean(),
    ExcludeUppercase: asked.member('ExcludeUppercase').boolean(),
    IncludeSpace: asked.member('IncludeSpace').boolean(),
    RequireEachIncludedType: asked.member('RequireEachIncludedType').boolean(),
  });
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = parseJson(text ?? '');
    return isDictionary(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function retag(wanted: Wanted, standing: Standing): void {
  const { state, env } = wanted;
  const SecretId = standing.made.physicalId;
  const before = findSecret(state, env, SecretId).tags;
  const after = wanted.tags();
  untagResource(state, env, { SecretId, TagKeys: Object.keys(before).filter((key) => !Object.hasOwn(after, key)) });
  tagResource(state, env, { SecretId, Tags: Object.entries(after).map(([Key, Value]) => ({ Key, Value })) });
}

/** Members that an attachment adds to the JSON of a secret. */
const CONNECTION = ['dbClusterIdentifier', 'dbInstanceIdentifier', 'dbname', 'engine', 'host', 'port'];

function attach(wanted: Wanted): Made {
  const { state, env, properties } = wanted;
  const secret = findSecret(state, env, properties.member('SecretId').requiredText());
  const value = parsed(findVersion(secret, {}).text);
  if (value === undefined) {
    throw new Refused('The secret value is not JSON, and has no room for what a database is reached by.');
  }
  const SecretString = JSON.stringify({ ...value, ...connectionIn(wanted) });
  putSecretValue(state, env, { SecretId: secret.arn, SecretString });
  return made(secret.arn);
}

function detach({ state, env, made: { physicalId: SecretId } }: Standing): void {
  const value = parsed(findVersion(findSecret(state, env, SecretId), {}).text) ?? {};
  const left = Object.entries(value).filter(([key]) => !CONNECTION.includes(key));
  putSecretValue(state, env, { SecretId, SecretString: JSON.stringify(Object.fromEntries(left)) });
}

function connectionIn({ state, env, properties }: Wanted): Record<string, unknown> {
  const id = properties.member('TargetId').requiredText();
  const type = properties.member('TargetType').requiredText();
  if (type === 'AWS::RDS::DBInstance') {
    const { Engine = '', Endpoint, DBName } = databaseShape(state, findDatabase(state, env, id));
    const reached = { host: Endpoint?.Address, port: Endpoint?.Port };
    return given({ engine: engineOf(Engine), ...reached, dbname: DBName, dbInstanceIdentifier: id });
  }
  if (/^AWS::(RDS|DocDB|Neptune)::DBCluster$/.test(type)) {
    const { Engine = '', Endpoint, Port, DatabaseName } = clusterShape(state, findCluster(state, env, id));
    const reached = { host: Endpoint, port: Port };
    return given({ engine: engineOf(Engine), ...reached, dbname: DatabaseName, dbClusterIdentifier: id });
  }
  throw new Refused(`NotEmulated: secrets of an ${type} are not emulated`);
}

/** Source: user guide: the word of the secret for an engine. */
function engineOf(engine: string): string {
  return engine === 'docdb' ? 'mongo' : engine.replace(/^aurora-/, '').replace(/^postgresql$/, 'postgres');
}

function putPolicy({ state, env, properties }: Wanted): Made {
  const SecretId = properties.member('SecretId').requiredText();
  const policy = properties.member('ResourcePolicy').json();
  const ResourcePolicy = typeof policy === 'string' ? policy : JSON.stringify(policy);
  return made(String(putResourcePolicy(state, env, { SecretId, ResourcePolicy }).ARN));
}
