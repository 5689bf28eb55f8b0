/**
 * Provider configurations: which account and Region a resource lives in, and which tags it gets.
 *
 * Source   Documents of the AWS provider 5.100.0 ("Authentication and Configuration"); Terraform language docs,
 *          "Providers Within Modules".
 */
import type { Environment } from '@holdfast/model';
import { IngestRefusal } from '../artifact';
import { environmentOf } from '../environments';
import { isList, isObject, SetValue, Unknown, Value } from './expression/values';
import type { Reading } from './reading';
import { refuseUnknown } from './refusal';

/** One configuration of the AWS provider. */
export interface Provider {
  readonly env: () => Environment;
  readonly defaultTags: () => Value;
}

/** What a provider block says, evaluated; undefined when nothing. */
export type ProviderArgument = (name: string) => Value | undefined;

/** @param place e.g. `provider.aws.dr` */
export function awsProvider(reading: Reading, file: string, place: string, argument: ProviderArgument): Provider {
  const given = (name: string): Value => {
    const path = `${place}.${name}`;
    const isRefused = reading.refusals.standIn(file, path) !== undefined;
    return isRefused ? null : (reading.override(file, path) ?? argument(name) ?? null);
  };
  return {
    env: () =>
      environmentOf(
        { account: accountOf(file, place, given), region: text(file, `${place}.region`, given('region')) },
        reading.options.env,
      ),
    defaultTags: () => {
      const block = first(given('default_tags'));
      if (block instanceof Unknown || block === null) return block;
      return isObject(block) ? (block['tags'] ?? null) : null;
    },
  };
}

/** The provider of a resource that names none that we know. */
export function openProvider(reading: Reading): Provider {
  return { env: () => reading.options.env, defaultTags: () => null };
}

/** Source: `allowed_account_ids` refuses any other account; an assumed role lives in the account of its ARN. */
function accountOf(file: string, place: string, given: (name: string) => Value): string | undefined {
  const role = first(given('assume_role'));
  if (role instanceof Unknown) return refuseUnknown(file, `${place}.assume_role`, role);
  const arn = role !== null && isObject(role) ? (role['role_arn'] ?? null) : null;
  const roleArn = text(file, `${place}.assume_role[0].role_arn`, arn);
  if (roleArn !== undefined) return account(file, `${place}.assume_role[0].role_arn`, roleArn.split(':')[4] ?? '');
  const allowed = given('allowed_account_ids');
  const ids = isList(allowed) ? allowed : allowed instanceof SetValue ? allowed.items : [];
  const [only] = ids;
  if (ids.length !== 1 || only === undefined) return undefined;
  const id = text(file, `${place}.allowed_account_ids[0]`, only);
  return id === undefined ? undefined : account(file, `${place}.allowed_account_ids[0]`, id);
}

function account(file: string, place: string, id: string): string {
  if (!/^\d{12}$/.test(id))
    throw new IngestRefusal(file, place, `must name an account of 12 digits, got ${JSON.stringify(id)}`);
  return id;
}

function text(file: string, place: string, value: Value): string | undefined {
  if (value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (value instanceof Unknown) return refuseUnknown(file, place, value);
  throw new IngestRefusal(file, place, 'must be text');
}

function first(value: Value): Value {
  return isList(value) ? (value[0] ?? null) : value;
}
